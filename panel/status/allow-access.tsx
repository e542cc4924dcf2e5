/** Leads to the extension's page that asks for access to sites: a panel in a toolbox cannot ask by itself. */
export function AllowAccess() {
  return (
    <a class="allow-access" href="/src/permission/permission.html" target="_blank" rel="noreferrer">
      Allow access to sites
    </a>
  );
}
