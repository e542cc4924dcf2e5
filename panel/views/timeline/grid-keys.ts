/** Where a key leads in a list of rows: the position to choose, or null for a key that moves nothing. */
export function targetPosition(
  key: string,
  current: number | null,
  rows: number,
  page: number,
): number | null {
  if (rows === 0) return null;
  const last = rows - 1;
  const within = (position: number) => Math.min(Math.max(0, position), last);
  switch (key) {
    case 'ArrowDown':
      return current === null ? 0 : within(current + 1);
    case 'ArrowUp':
      return current === null ? last : within(current - 1);
    case 'PageDown':
      return within((current ?? 0) + page);
    case 'PageUp':
      return within((current ?? last) - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
