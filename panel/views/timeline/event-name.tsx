const COMMON_PREFIX = 'chat_session_';

/** An event's name in two parts, of which the first is the one that nearly all share, or ''. */
export function partsOfName(name: string): readonly [prefix: string, rest: string] {
  return name.startsWith(COMMON_PREFIX) ? [COMMON_PREFIX, name.slice(COMMON_PREFIX.length)] : ['', name];
}

/** An event's name with the part that nearly all share set back. */
export function EventName({ name }: { name: string }) {
  const [prefix, rest] = partsOfName(name);
  return (
    <>
      {prefix !== '' && <span class="prefix">{prefix}</span>}
      {rest}
    </>
  );
}
