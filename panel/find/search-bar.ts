/**
 * Chromium's own search bar in DevTools searches the panel by what `devtools.panels` tells the extension's devtools page
 * (`src/devtools/devtools.ts`), which passes it on as a message between windows of the extension. It can show no count:
 * our own field opens beside it and does. Firefox has no such bar.
 */
import type { Find } from './find.ts';

/** Until the returned function is called. */
export function followSearchBar(find: Find): () => void {
  const onMessage = (event: MessageEvent<unknown>) => {
    if (event.origin !== location.origin || typeof event.data !== 'object' || event.data === null) return;
    const { search, text } = event.data as { readonly search?: unknown; readonly text?: unknown };
    if (search === 'performSearch' && typeof text === 'string') {
      find.show(false);
      find.text.value = text;
    } else if (search === 'nextSearchResult') void find.go(1);
    else if (search === 'previousSearchResult') void find.go(-1);
    else if (search === 'cancelSearch') find.close();
  };
  addEventListener('message', onMessage);
  return () => removeEventListener('message', onMessage);
}
