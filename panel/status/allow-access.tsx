import type { Inspector } from '../store/inspector.ts';

/** Leads to the extension's page that asks for access to sites: a panel in a toolbox cannot ask by itself. */
export function AllowAccess({ inspector }: { inspector: Inspector }) {
  return (
    <button type="button" class="button" onClick={() => inspector.askPermission()}>
      Allow access …
    </button>
  );
}
