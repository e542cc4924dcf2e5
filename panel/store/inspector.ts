/** The panel's state and everything a person can do to it. Views read its signals and call its verbs. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Analysis, RowIndex } from '../../src/analysis/analysis.ts';
import {
  ALL_IN_SIGHT,
  type Feed,
  type FeedState,
  type FrameState,
  type OutOfSight,
} from '../../src/messaging/feed.ts';
import type { Settings } from '../../src/messaging/settings.ts';
import { DEFAULT_CAPS, type SettableCaps } from '../../src/observation/caps.ts';
import type { DocumentId } from '../../src/observation/observation.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { LiveIntake } from './live-intake.ts';
import type { Preferences } from './preferences.ts';
import { TraceModel } from './trace-model.ts';

export type ViewName = 'timeline' | 'machine' | 'problems' | 'conversation';

/** Where the panel has its traffic from: `none` outside DevTools, where it shows files only. */
export type Connection = FeedState | { readonly phase: 'none' };

/** Something that a person must be told; shown as an alert until it is closed. */
export interface Notice {
  readonly text: string;
}

export interface ImportProgress {
  readonly name: string;
  /** From 0 to 1. */
  readonly done: number;
  cancel(): void;
}

export class Inspector {
  readonly trace: ReadonlySignal<TraceModel>;
  readonly connection: Signal<Connection> = signal({ phase: 'none' });
  readonly outOfSight: Signal<OutOfSight> = signal(ALL_IN_SIGHT);
  /** Frames whose view is stopped, by the browser's ids. */
  readonly pausedFrames: Signal<ReadonlySet<number>> = signal(new Set());
  readonly recording = signal(true);
  readonly preserveLog: Signal<boolean>;
  readonly view: Signal<ViewName> = signal('timeline');
  readonly filterText = signal('');
  /** Whether the timeline keeps to the newest row. */
  readonly following = signal(true);
  readonly detailsOpen = signal(false);
  readonly notice: Signal<Notice | null> = signal(null);
  readonly importing: Signal<ImportProgress | null> = signal(null);
  /** Observations that the panel had no room for. */
  readonly overflow = signal(0);
  /** The state machine and the conversation show this session; null: the one of the chosen row, else the latest. */
  readonly session: Signal<string | null> = signal(null);
  /** The row after which the state machine is shown; null: as it stands now. */
  readonly machineRow: ReadonlySignal<RowIndex | null>;
  readonly preferences: Preferences;
  readonly settings: SettingsStore;
  readonly settingsOpen = signal(false);
  readonly framesOpen = signal(false);
  /** Whether a person has been told of the flight recorder, and has said so. */
  readonly recorderTold: Signal<boolean>;

  /** The chosen row that the state machine looks past, to show what holds now. */
  readonly #passedRow: Signal<RowIndex | null> = signal(null);
  readonly #makeAnalysis: () => Analysis;
  readonly #live: Signal<TraceModel>;
  readonly #file: Signal<TraceModel | null> = signal(null);
  readonly #intake: LiveIntake;
  #caps: SettableCaps = DEFAULT_CAPS;
  #feed: Feed | null = null;

  constructor(makeAnalysis: () => Analysis, preferences: Preferences, settings: SettingsStore) {
    this.#makeAnalysis = makeAnalysis;
    this.preferences = preferences;
    this.settings = settings;
    this.recorderTold = signal(preferences.read('recorder-told', 'no') === 'yes');
    this.preserveLog = signal(preferences.read('preserve-log', 'on') === 'on');
    this.#live = signal(this.newTrace({ kind: 'live' }));
    this.trace = computed(() => this.#file.value ?? this.#live.value);
    this.machineRow = computed(() => {
      const chosen = this.trace.value.selected.value;
      return chosen === this.#passedRow.value ? null : chosen;
    });
    this.#intake = new LiveIntake(
      () => this.#live.peek(),
      () => this.#caps,
      (dropped) => {
        this.overflow.value = dropped;
      },
    );
  }

  /** What a person has set and is kept: what of it concerns the panel holds from now on. */
  applySettings({ caps }: Settings): void {
    this.#caps = caps;
  }

  newTrace(source: TraceModel['source']): TraceModel {
    return new TraceModel(this.#makeAnalysis(), source);
  }

  connect(feed: Feed): void {
    this.#feed = feed;
    void this.settings.read().then((settings) => this.applySettings(settings));
    this.connection.value = { phase: 'connecting' };
    feed.start({
      observations: (observations) => this.#intake.take(observations),
      state: (state) => {
        this.connection.value = state;
      },
      outOfSight: (counts) => {
        this.outOfSight.value = counts;
      },
      navigated: (_url, staying) => {
        if (!this.preserveLog.peek()) this.#clearLive(new Set(staying));
      },
    });
  }

  toggleRecording(): void {
    if (!this.#feed) return;
    this.recording.value = !this.recording.peek();
    if (this.recording.peek()) this.#feed.resume();
    else this.#feed.pause();
  }

  /** Opens a page of the extension that asks for access to sites; the panel itself cannot ask. */
  askPermission(): void {
    this.#feed?.askPermission();
  }

  /** The frames of the inspected tab as they are now; asking costs little and tells nobody. */
  frames(): readonly FrameState[] {
    return this.#feed?.frames() ?? [];
  }

  /** Stops or goes on showing one frame; its ring records all the while. */
  setFramePaused(frame: number, paused: boolean): void {
    const frames = new Set(this.pausedFrames.peek());
    if (paused) {
      frames.add(frame);
      this.#feed?.pauseFrame(frame);
    } else {
      frames.delete(frame);
      this.#feed?.resumeFrame(frame);
    }
    this.pausedFrames.value = frames;
  }

  openFrames(): void {
    this.settingsOpen.value = false;
    this.framesOpen.value = true;
  }

  closeFrames(): void {
    this.framesOpen.value = false;
  }

  setPreserveLog(on: boolean): void {
    this.preserveLog.value = on;
    this.preferences.write('preserve-log', on ? 'on' : 'off');
  }

  openSettings(): void {
    this.framesOpen.value = false;
    this.settingsOpen.value = true;
  }

  closeSettings(): void {
    this.settingsOpen.value = false;
  }

  dismissRecorderNotice(): void {
    this.recorderTold.value = true;
    this.preferences.write('recorder-told', 'yes');
  }

  /** Empties the panel: the live trace, and the file where one is shown. */
  clear(): void {
    this.#clearLive();
    this.closeFile();
  }

  /** Shows a file's trace in place of what is shown. */
  show(trace: TraceModel): void {
    batch(() => {
      this.#file.value = trace;
      this.notice.value = null;
      this.#restart();
      this.following.value = false;
    });
  }

  /** Goes back to the live trace, which went on meanwhile. */
  closeFile(): void {
    batch(() => {
      this.#file.value = null;
      this.#restart();
    });
  }

  setFilter(text: string): void {
    this.filterText.value = text;
    this.trace.peek().filter(text);
  }

  /** Chooses a row without opening its details. */
  select(row: RowIndex): void {
    batch(() => {
      this.trace.peek().selected.value = row;
      this.#passedRow.value = null;
    });
  }

  /** The state machine as it stands now, until another row is chosen. */
  showMachineNow(): void {
    this.#passedRow.value = this.trace.peek().selected.peek();
  }

  /** Leads to a row: the timeline shows it, chosen and with its details. */
  reveal(row: RowIndex): void {
    batch(() => {
      const trace = this.trace.peek();
      const hidden = trace.rowAt(trace.positionOf(row)) !== row;
      if (hidden) this.setFilter('');
      this.following.value = false;
      this.select(row);
      this.detailsOpen.value = true;
      this.view.value = 'timeline';
    });
  }

  /** @param staying documents whose observations are taken in anew. */
  #clearLive(staying: ReadonlySet<DocumentId> = new Set()): void {
    batch(() => {
      const before = staying.size > 0 ? [...this.#live.peek().observations()] : [];
      const waiting = this.#intake.clear();
      this.overflow.value = 0;
      this.#live.value = this.newTrace({ kind: 'live' });
      this.#intake.take([...before, ...waiting].filter(({ documentId }) => staying.has(documentId)));
      this.#restart();
    });
  }

  /** What belonged to the trace that was shown does not hold for the next one; the filter does. */
  #restart(): void {
    this.session.value = null;
    this.#passedRow.value = null;
    this.detailsOpen.value = false;
    this.following.value = true;
    this.trace.peek().filter(this.filterText.peek());
  }
}
