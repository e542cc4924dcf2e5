/** A part of the panel whose code is loaded behind the panel's own, so that the panel opens sooner. */
import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';

/**
 * True once code could not be loaded: the extension was updated or taken away under an open panel. A panel that is being
 * closed meets the same, and nobody sees it any more.
 */
export const loadFailed = signal(false);

/** Shows nothing until `load` has given the component: asked for once, as soon as the panel stands. */
export function loadedLater<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  const loaded = signal<{ readonly component: FunctionComponent<Props> | null }>({ component: null });
  setTimeout(() => {
    load().then(
      (component) => {
        loaded.value = { component };
      },
      () => {
        loadFailed.value = true;
      },
    );
  });
  return (props) => {
    const { component: Component } = loaded.value;
    return Component && <Component {...props} />;
  };
}
