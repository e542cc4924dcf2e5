/** The panel's state and everything a person can do to it. Views read its signals and call its verbs. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { Analysis, ReadingRules, RowIndex, SessionJoin } from '../../src/analysis/api/analysis.ts';
import type { Settings } from '../../src/messaging/settings.ts';
import { DEFAULT_CAPS, type SettableCaps } from '../../src/observation/caps.ts';
import type { DocumentId, Observation } from '../../src/observation/observation.ts';
import {
  ALL_IN_SIGHT,
  type Feed,
  type FeedState,
  type FrameState,
  type OutOfSight,
  type TakenBack,
} from '../feed/feed.ts';
import type { PassedBy } from '../feed/passed-by.ts';
import { Find } from '../find/find.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import { Comparing } from './comparing.ts';
import { Dialogs } from './dialogs.ts';
import { FilterUse } from './filter-use.ts';
import { Flagging } from './flagging.ts';
import { keepChoice } from './kept-choice.ts';
import { LiveIntake } from './live-intake.ts';
import { type Preferences, RememberedSwitch } from './preferences.ts';
import { TimelineColumns } from './timeline-columns.ts';
import { TraceModel } from './trace-model.ts';
import { type ClearedTrace, since, UndoClear } from './undo-clear.ts';
import { nextTask } from './work-schedule.ts';

export type ViewName = 'timeline' | 'sequence' | 'machine' | 'problems' | 'conversation' | 'compare';

/** Where the panel has its traffic from: `none` outside DevTools, where it shows files only. */
export type Connection = FeedState | { readonly phase: 'none' };

/** Something that a person must be told; shown as an alert until it is closed. */
export interface Notice {
  readonly text: string;
  /** What it is about, by a name that is not ours: the text begins with it. */
  readonly subject: string;
  /** What may be done about it. */
  readonly offers?: readonly { readonly title: string; take(): Promise<void> }[];
}

export interface ImportProgress {
  readonly name: string;
  /** From 0 to 1. */
  readonly done: number;
  cancel(): void;
}

/** Makes an empty analysis that reads by the user's patterns and wrappers, and joins the sessions that they joined. */
export type MakeAnalysis = (settings: ReadingRules & { readonly joins: readonly SessionJoin[] }) => Analysis;

/** How many observations of a file are judged anew at once. */
const PORTION = 200;
/** Milliseconds for which what is judged anew may keep the panel waiting, so that the rows do not go and come again. */
const AT_ONCE_MS = 50;

export class Inspector {
  readonly trace: ReadonlySignal<TraceModel>;
  readonly connection: Signal<Connection> = signal({ phase: 'none' });
  readonly outOfSight: Signal<OutOfSight> = signal(ALL_IN_SIGHT);
  /** Frames whose view is stopped, by the browser's ids. */
  readonly pausedFrames: Signal<ReadonlySet<number>> = signal(new Set());
  readonly recording = signal(true);
  readonly preserveLog = signal(true);
  readonly view: Signal<ViewName> = signal('timeline');
  /** The filter that is in use; it is not kept. */
  readonly filter = new FilterUse((filter) => this.trace.peek().filter(filter));
  readonly filterText: ReadonlySignal<string> = this.filter.text;
  /** Whether every row that has notes says so, and not only the first of its session. */
  readonly everyNote: RememberedSwitch;
  /** Whether the timeline keeps to the newest row. */
  readonly following = signal(true);
  /** Grows with every row that is chosen elsewhere than in its list, which brings it into sight. */
  readonly choices = signal(0);
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
  readonly columns: TimelineColumns;
  readonly settings: SettingsStore;
  readonly dialogs = new Dialogs();
  readonly find: Find;
  readonly comparing = new Comparing();
  readonly flagging = new Flagging();
  readonly #undo = new UndoClear();
  /** What was cleared a moment ago and can be brought back. */
  readonly cleared: ReadonlySignal<ClearedTrace | null> = this.#undo.latest;
  /** Whether a person has been told of the flight recorder, and has said so. */
  readonly recorderTold: Signal<boolean>;

  /** The chosen row that the state machine looks past, to show what holds now. */
  readonly #passedRow: Signal<RowIndex | null> = signal(null);
  readonly #makeAnalysis: MakeAnalysis;
  readonly #live: Signal<TraceModel>;
  readonly #file: Signal<TraceModel | null> = signal(null);
  readonly #intake: LiveIntake;
  #caps: SettableCaps = DEFAULT_CAPS;
  #reading: ReadingRules = { patterns: [], wrappers: [] };
  #feed: Feed | null = null;

  constructor(makeAnalysis: MakeAnalysis, preferences: Preferences, settings: SettingsStore) {
    this.#makeAnalysis = makeAnalysis;
    this.preferences = preferences;
    this.columns = new TimelineColumns(preferences);
    this.settings = settings;
    this.everyNote = new RememberedSwitch(preferences, 'every-note');
    this.recorderTold = signal(preferences.read('recorder-told', 'no') === 'yes');
    this.#live = signal(this.newTrace({ kind: 'live' }));
    this.trace = computed(() => this.#file.value ?? this.#live.value);
    this.find = new Find(this.trace, (row) => this.reveal(row));
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
  applySettings({ caps, preserveLog, patterns, wrappers }: Settings): void {
    this.#caps = caps;
    this.preserveLog.value = preserveLog;
    if (JSON.stringify([patterns, wrappers]) === JSON.stringify(Object.values(this.#reading))) return;
    this.#reading = { patterns, wrappers };
    this.#judgeLiveAnew(this.#live.peek().analysis.joins);
  }

  /** What the user set about reading, for what comes from now on. */
  get reading(): ReadingRules {
    return this.#reading;
  }

  newTrace(
    source: TraceModel['source'],
    joins: readonly SessionJoin[] = [],
    reading: ReadingRules = this.#reading,
  ): TraceModel {
    return new TraceModel(this.#makeAnalysis({ ...reading, joins }), source);
  }

  connect(feed: Feed): void {
    this.#feed = feed;
    void this.settings.read().then((settings) => this.applySettings(settings));
    this.connection.value = { phase: 'connecting' };
    feed.start({
      observations: (observations) => this.#intake.take(observations),
      takenBack: (places) => this.#takeBack(places),
      state: (state) => {
        this.connection.value = state;
      },
      outOfSight: (counts) => {
        this.outOfSight.value = counts;
      },
      navigated: (_url, staying) => {
        if (!this.preserveLog.peek()) this.#forget(new Set(staying));
      },
      cleared: () => this.#forget(new Set()),
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

  /** What went by and is no chat, by the browser's own record; null where nobody tells. */
  async passedBy(): Promise<PassedBy | null> {
    return (await this.#feed?.passedBy?.()) ?? null;
  }

  reloadPage(): void {
    this.#feed?.reloadPage?.();
  }

  /** The flight recorder keeps to it as well. */
  async setPreserveLog(on: boolean): Promise<void> {
    this.preserveLog.value = on;
    await this.settings.write({ ...(await this.settings.read()), preserveLog: on });
  }

  dismissRecorderNotice(): void {
    this.recorderTold.value = true;
    this.preferences.write('recorder-told', 'yes');
  }

  /** Empties the panel, and what page and background keep of the tab; for a while it can be undone. */
  clear(): void {
    batch(() => {
      const shown = this.trace.peek();
      const have = this.#feed?.clear() ?? {};
      const live = this.#live.peek();
      const file = this.#file.peek();
      const intake = this.#intake.clear();
      if (live.totals.peek().observations > 0 || intake.waiting.length > 0 || file) {
        this.#undo.add({ live, intake, file, have, events: shown.totals.peek().events });
      }
      this.#startLive();
      this.closeComparison();
      this.closeFile();
    });
  }

  /** Brings back what was cleared last, with what has come since behind it. */
  undoClear(): void {
    const cleared = this.#undo.take();
    if (!cleared) return;
    batch(() => {
      const later = since(cleared, [...this.#live.peek().observations(), ...this.#intake.clear().waiting]);
      this.#live.value = cleared.live;
      this.#file.value = cleared.file;
      this.#intake.restore(cleared.intake);
      this.#intake.take(later);
      this.#restart();
    });
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

  /** Resolves when the filter is in use: its language is loaded with the first one. */
  setFilter(text: string): Promise<void> {
    return this.filter.set(text);
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

  /** Chooses a row in the view that is shown, though the filter hides it. */
  choose(row: RowIndex): void {
    batch(() => {
      const trace = this.trace.peek();
      const hidden = trace.rowAt(trace.positionOf(row)) !== row;
      if (hidden) trace.letThrough(row);
      this.following.value = false;
      this.select(row);
      this.choices.value += 1;
    });
  }

  /** Leads to a row: the timeline shows it, chosen and with its details, though the filter hides it. */
  reveal(row: RowIndex): void {
    batch(() => {
      this.choose(row);
      this.detailsOpen.value = true;
      this.view.value = 'timeline';
    });
  }

  /** Flags the chosen row, and asks for its text in the details; false where no row is chosen. */
  flagChosen(): boolean {
    const row = this.trace.peek().selected.peek();
    if (row === null || !this.flagging.offered) return false;
    batch(() => {
      // Views beside these two have no details.
      if (this.view.peek() === 'timeline' || this.view.peek() === 'sequence') this.detailsOpen.value = true;
      else this.reveal(row);
      this.flagging.flag(this.trace.peek(), row);
    });
    return true;
  }

  /** Lays the session beside another one of the trace, or beside one of a file. */
  compare(session: string): void {
    batch(() => {
      this.comparing.start({ trace: this.trace.peek(), session });
      this.view.value = 'compare';
    });
  }

  closeComparison(): void {
    batch(() => {
      this.comparing.close();
      if (this.view.peek() === 'compare') this.view.value = 'timeline';
    });
  }

  /** Has two sessions of one chat id, in several origins, as one. */
  joinSessions(one: string, other: string): void {
    const { analysis } = this.trace.peek();
    const join = analysis.joinSessions(one, other);
    if (join) this.#judgeAnew([...analysis.joins, join], join.chatId);
  }

  /** Takes back that sessions of a chat id were joined. */
  separateSessions(chatId: string): void {
    const { joins } = this.trace.peek().analysis;
    this.#judgeAnew(
      joins.filter((join) => join.chatId !== chatId),
      chatId,
    );
  }

  /** Judges the shown trace anew: what sessions are one decides what rules say of them. */
  #judgeAnew(joins: readonly SessionJoin[], session: string): void {
    batch(() => {
      const file = this.#file.peek();
      if (file === null) this.#judgeLiveAnew(joins);
      else void this.#judgeFileAnew(file, joins);
      this.#restart();
      this.session.value = session;
    });
  }

  #judgeLiveAnew(
    joins: readonly SessionJoin[],
    gone: (observation: Observation) => boolean = () => false,
  ): void {
    const before = this.#live.peek();
    const { waiting, dropped } = this.#intake.clear();
    const again = [...before.observations(), ...waiting].filter((observation) => !gone(observation));
    const anew = this.newTrace({ kind: 'live' }, joins);
    this.#live.value = anew;
    this.#intake.restore({ waiting: again, bytes: 0, dropped });
    if (this.#file.peek() === null) anew.filter(this.filter.compiled.peek());
    keepChoice(before, anew, again.length);
  }

  /** What DevTools reported and the page's hook turned out to have goes, as if it had never been shown. */
  #takeBack(places: readonly TakenBack[]): void {
    const gone = new Set(places.map(({ documentId, of }) => `${documentId} ${of}`));
    batch(() => {
      this.#judgeLiveAnew(this.#live.peek().analysis.joins, (observation) => {
        const of =
          'of' in observation && observation.kind !== 'annotation' ? observation.of : observation.seq;
        return gone.has(`${observation.documentId} ${of}`);
      });
      this.#intake.hurry(AT_ONCE_MS);
    });
  }

  /** In slices, while it is shown; not to its end where another trace is shown meanwhile. */
  async #judgeFileAnew(before: TraceModel, joins: readonly SessionJoin[]): Promise<void> {
    const anew = this.newTrace(before.source, joins, before.analysis.reading);
    this.#file.value = anew;
    keepChoice(before, anew, before.totals.peek().observations);
    let portion: Observation[] = [];
    for (const observation of before.observations()) {
      portion.push(observation);
      if (portion.length < PORTION) continue;
      anew.add(portion);
      portion = [];
      await nextTask();
      if (this.#file.peek() !== anew) return;
    }
    anew.add(portion);
    anew.end();
  }

  /** For good. @param staying documents whose observations are taken in anew. */
  #forget(staying: ReadonlySet<DocumentId>): void {
    batch(() => {
      const before = staying.size > 0 ? [...this.#live.peek().observations()] : [];
      const { waiting } = this.#intake.clear();
      this.#undo.forget();
      this.closeComparison();
      this.#startLive();
      this.#intake.take([...before, ...waiting].filter(({ documentId }) => staying.has(documentId)));
      this.#restart();
    });
  }

  #startLive(): void {
    this.overflow.value = 0;
    this.#live.value = this.newTrace({ kind: 'live' });
  }

  /** What belonged to the trace that was shown does not hold for the next one; the filter does. */
  #restart(): void {
    this.session.value = null;
    this.comparing.event.value = null;
    this.#passedRow.value = null;
    this.detailsOpen.value = false;
    this.following.value = true;
    this.trace.peek().filter(this.filter.compiled.peek());
  }
}
