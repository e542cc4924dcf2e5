/** The panel: its bars, the chosen view, and what holds for all of it — keys, dropped files, notices. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Banners } from './banners.tsx';
import { FilterBox } from './filter/filter-box.tsx';
import { followSearchBar } from './find/search-bar.ts';
import { onPanelKey } from './keys/shortcuts.ts';
import { loadedLater } from './layout/loaded-later.tsx';
import { SplitPane } from './layout/split-pane.tsx';
import { StatusLine } from './status/status-line.tsx';
import type { Inspector, ViewName } from './store/inspector.ts';
import { TabList } from './tabs/tabs.tsx';
import { Toolbar } from './toolbar/toolbar.tsx';
import { importFiles } from './trace-file/import-files.ts';
import { ProblemBadge } from './views/problems/problem-badge.tsx';
import { Timeline } from './views/timeline/timeline.tsx';
import './views/views.css';
import './app.css';

interface InspectorProps {
  readonly inspector: Inspector;
}

const Conversation = loadedLater<InspectorProps>(
  async () => (await import('./views/conversation/conversation.tsx')).Conversation,
);
const MachineRegion = loadedLater<InspectorProps>(
  async () => (await import('./views/machine/machine.tsx')).MachineRegion,
);
const Problems = loadedLater<InspectorProps>(
  async () => (await import('./views/problems/problems.tsx')).Problems,
);
const Sequence = loadedLater<InspectorProps>(
  async () => (await import('./views/sequence/sequence.tsx')).Sequence,
);
const Compare = loadedLater<InspectorProps>(
  async () => (await import('./views/compare/compare.tsx')).Compare,
);
const Details = loadedLater<InspectorProps>(
  async () => (await import('./views/details/details.tsx')).Details,
);
const Overview = loadedLater<InspectorProps>(
  async () => (await import('./views/overview/overview.tsx')).Overview,
);
const KindPills = loadedLater<InspectorProps>(
  async () => (await import('./filter/kind-pills.tsx')).KindPills,
);
const FrameList = loadedLater<InspectorProps>(
  async () => (await import('./frames/frame-list.tsx')).FrameList,
);
const SettingsDialog = loadedLater<InspectorProps>(
  async () => (await import('./settings/settings-dialog.tsx')).SettingsDialog,
);
const ExportDialog = loadedLater<InspectorProps>(
  async () => (await import('./export/export-dialog.tsx')).ExportDialog,
);

const KeyList = loadedLater<InspectorProps>(async () => (await import('./keys/key-list.tsx')).KeyList);
const ColumnList = loadedLater<InspectorProps>(
  async () => (await import('./views/timeline/column-list.tsx')).ColumnList,
);
const FindBar = loadedLater<InspectorProps>(async () => (await import('./find/find-bar.tsx')).FindBar);

export function App({ inspector }: { inspector: Inspector }) {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => onPanelKey(event, inspector);
    const root = document.documentElement;
    root.addEventListener('keydown', onKeyDown);
    const stopSearch = followSearchBar(inspector.find);
    return () => {
      root.removeEventListener('keydown', onKeyDown);
      stopSearch();
    };
  }, [inspector]);
  const dropping = useDroppedFiles(inspector);

  return (
    <main class="app">
      <div class="app-head">
        <Toolbar inspector={inspector} />
        <span class="app-divider" />
        <ViewTabs inspector={inspector} />
        <FilterBox inspector={inspector} />
      </div>
      <OpenDialog inspector={inspector} />
      <FindBar inspector={inspector} />
      <Banners inspector={inspector} />
      <div class="app-view" role="tabpanel" id="view-panel" aria-labelledby={`view-${inspector.view.value}`}>
        <ChosenView inspector={inspector} />
      </div>
      <StatusLine inspector={inspector} />
      {dropping.value && <div class="app-drop">Drop a trace or HAR file to open it</div>}
    </main>
  );
}

function OpenDialog({ inspector }: InspectorProps) {
  switch (inspector.dialogs.open.value) {
    case 'settings':
      return <SettingsDialog inspector={inspector} />;
    case 'export':
      return <ExportDialog inspector={inspector} />;
    case 'frames':
      return <FrameList inspector={inspector} />;
    case 'keys':
      return <KeyList inspector={inspector} />;
    case 'columns':
      return <ColumnList inspector={inspector} />;
    case null:
      return null;
  }
}

function ViewTabs({ inspector }: { inspector: Inspector }) {
  const chosen = inspector.view.value;
  // A narrow panel has no room for all tabs.
  useEffect(() => {
    document.getElementById(`view-${chosen}`)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [chosen]);
  const tabs: readonly { name: ViewName; title: string; badge?: preact.ComponentChildren }[] = [
    { name: 'timeline', title: 'Timeline' },
    { name: 'sequence', title: 'Sequence' },
    { name: 'machine', title: 'State machine' },
    { name: 'problems', title: 'Problems', badge: <ProblemBadge inspector={inspector} /> },
    { name: 'conversation', title: 'Conversation' },
    ...(inspector.comparing.open.value ? ([{ name: 'compare', title: 'Compare' }] as const) : []),
  ];
  return (
    <TabList
      label="Views"
      id="view"
      tabs={tabs}
      chosen={chosen}
      choose={(name) => {
        inspector.view.value = name;
      }}
    />
  );
}

function ChosenView({ inspector }: { inspector: Inspector }) {
  switch (inspector.view.value) {
    case 'timeline':
      return (
        <div class="timeline-view">
          <KindPills inspector={inspector} />
          <Overview inspector={inspector} />
          <SplitPane
            label="Size of the details"
            preferences={inspector.preferences}
            first={<Timeline inspector={inspector} />}
            second={inspector.detailsOpen.value ? <Details inspector={inspector} /> : null}
          />
        </div>
      );
    case 'sequence':
      return <Sequence inspector={inspector} />;
    case 'machine':
      return <MachineRegion inspector={inspector} />;
    case 'problems':
      return <Problems inspector={inspector} />;
    case 'conversation':
      return <Conversation inspector={inspector} />;
    case 'compare':
      return <Compare inspector={inspector} />;
  }
}

/** Files may be dropped anywhere; the browser would open them in place of the panel. */
function useDroppedFiles(inspector: Inspector) {
  const dropping = useSignal(false);
  useEffect(() => {
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const onDragOver = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      dropping.value = true;
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) dropping.value = false;
    };
    const onDrop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      dropping.value = false;
      void importFiles(inspector, [...(event.dataTransfer?.files ?? [])]);
    };
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('dragleave', onDragLeave);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('dragleave', onDragLeave);
      document.removeEventListener('drop', onDrop);
    };
  }, [inspector, dropping]);
  return dropping;
}
