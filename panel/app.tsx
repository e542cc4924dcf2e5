/** The panel: its bars, the chosen view, and what holds for all of it — keys, dropped files, notices. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Banners } from './banners.tsx';
import { FrameList } from './frames/frame-list.tsx';
import { SplitPane } from './layout/split-pane.tsx';
import { SettingsDialog } from './settings/settings-dialog.tsx';
import { shortcuts } from './shortcuts.ts';
import { StatusLine } from './status/status-line.tsx';
import type { Inspector, ViewName } from './store/inspector.ts';
import { TabList } from './tabs/tabs.tsx';
import { FilterBox } from './toolbar/filter-box.tsx';
import { Toolbar } from './toolbar/toolbar.tsx';
import { importTrace } from './trace-file/import-trace.ts';
import { Conversation } from './views/conversation/conversation.tsx';
import { Details } from './views/details/details.tsx';
import { MachineRegion } from './views/machine/machine.tsx';
import { ProblemBadge } from './views/problems/problem-badge.tsx';
import { Problems } from './views/problems/problems.tsx';
import { Timeline } from './views/timeline/timeline.tsx';
import './views/views.css';
import './app.css';

export function App({ inspector }: { inspector: Inspector }) {
  useEffect(() => {
    const onKeyDown = shortcuts(inspector);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
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
      {inspector.settingsOpen.value && <SettingsDialog inspector={inspector} />}
      {inspector.framesOpen.value && <FrameList inspector={inspector} />}
      <Banners inspector={inspector} />
      <div class="app-view" role="tabpanel" id="view-panel" aria-labelledby={`view-${inspector.view.value}`}>
        <ChosenView inspector={inspector} />
      </div>
      <StatusLine inspector={inspector} />
      {dropping.value && <div class="app-drop">Drop a trace or HAR file to open it</div>}
    </main>
  );
}

function ViewTabs({ inspector }: { inspector: Inspector }) {
  const tabs: readonly { name: ViewName; title: string; badge?: preact.ComponentChildren }[] = [
    { name: 'timeline', title: 'Timeline' },
    { name: 'machine', title: 'State machine' },
    { name: 'problems', title: 'Problems', badge: <ProblemBadge inspector={inspector} /> },
    { name: 'conversation', title: 'Conversation' },
  ];
  return (
    <TabList
      label="Views"
      id="view"
      tabs={tabs}
      chosen={inspector.view.value}
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
        <SplitPane
          label="Size of the details"
          preferences={inspector.preferences}
          first={<Timeline inspector={inspector} />}
          second={inspector.detailsOpen.value ? <Details inspector={inspector} /> : null}
        />
      );
    case 'machine':
      return <MachineRegion inspector={inspector} />;
    case 'problems':
      return <Problems inspector={inspector} />;
    case 'conversation':
      return <Conversation inspector={inspector} />;
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
      const file = event.dataTransfer?.files[0];
      if (file) void importTrace(inspector, file);
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
