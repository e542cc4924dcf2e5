import './flag.css';

/** A person's flag with its number. */
export function Flag({ number }: { number: number }) {
  return (
    <span class="flag">
      <span class="spoken">mark </span>
      {number}
    </span>
  );
}
