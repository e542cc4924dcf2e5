/** A part of the panel whose code is loaded behind the panel's own, so that the panel opens sooner. */
import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';

/** Shows nothing until `load` has given the component: asked for once, as soon as the panel stands. */
export function loadedLater<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
): FunctionComponent<Props> {
  const loaded = signal<{ readonly component: FunctionComponent<Props> | null }>({ component: null });
  setTimeout(() => {
    void load().then((component) => {
      loaded.value = { component };
    });
  });
  return (props) => {
    const { component: Component } = loaded.value;
    return Component && <Component {...props} />;
  };
}
