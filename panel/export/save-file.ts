/** Hands a file to the browser as a download. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has the bytes once the click's task is over; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
