/** The page's own exceptions while it was being given chat: the commonest reason why "the chat lost my message". */
import { keptUrl } from './address.ts';
import { getter, listen } from './natives.ts';
import type { Recorder } from './recorder.ts';

/** @returns listens again, after `document.open()` has removed the window's listeners. */
export function watchErrors(window: Window, recorder: Recorder): () => void {
  const messageOf = getter(ErrorEvent.prototype, 'message');
  const fileOf = getter(ErrorEvent.prototype, 'filename');
  const lineOf = getter(ErrorEvent.prototype, 'lineno');
  const columnOf = getter(ErrorEvent.prototype, 'colno');

  const onError = (event: Event): void => {
    try {
      const during = recorder.delivered();
      if (during === null || !event.isTrusted) return;
      // Throws for what is no exception: resources that fail come by here too.
      const message = messageOf(event);
      recorder.add(
        {
          kind: 'page-error',
          message,
          url: keptUrl(fileOf(event)),
          line: lineOf(event),
          column: columnOf(event),
          during,
        },
        message.length,
      );
    } catch {
      // The page's own report goes on.
    }
  };
  const listenAgain = () => listen(window, 'error', onError, true);
  listenAgain();
  return listenAgain;
}
