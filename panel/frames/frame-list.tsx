/** The frames of the inspected tab, each with a switch that stops its view, and what of the tab is out of sight. */
import type { FrameState } from '../feed/feed.ts';
import { count, counted } from '../format/format.ts';
import { Popover } from '../layout/popover.tsx';
import { Captured } from '../marks/captured.tsx';
import { limits } from '../status/status-text.ts';
import type { Inspector } from '../store/inspector.ts';
import './frame-list.css';

export function FrameList({ inspector }: { inspector: Inspector }) {
  // New traffic, a new frame, a frame that is gone: each shows in one of these.
  inspector.trace.value.totals.value;
  inspector.pausedFrames.value;
  const outOfSight = inspector.outOfSight.value;
  const frames = inspector.frames();
  const sentences = limits(outOfSight);
  return (
    <Popover label="Frames" close={() => inspector.dialogs.close('frames')}>
      <h2>Frames of this tab</h2>
      {frames.length === 0 ? (
        <p class="quiet">No frame of this tab has answered yet.</p>
      ) : (
        <ul class="frame-list">
          {frames.map((state) => (
            <Frame key={state.frame} inspector={inspector} state={state} />
          ))}
        </ul>
      )}
      <p class="quiet">
        A paused frame is still recorded: what it said meanwhile comes when it goes on, as far as its ring
        holds it.
      </p>
      <h2>Out of sight</h2>
      <ul class="limits">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
        <li>Requests of shared workers, and of every worker before this panel was opened.</li>
      </ul>
    </Popover>
  );
}

function Frame({ inspector, state }: { inspector: Inspector; state: FrameState }) {
  const { frame, url, paused } = state;
  const id = `frame-${frame}-count`;
  return (
    <li class="frame">
      <label class="frame-switch">
        <input
          type="checkbox"
          role="switch"
          checked={!paused}
          aria-checked={!paused}
          aria-describedby={id}
          onChange={() => inspector.setFramePaused(frame, !paused)}
        />
        <span class="frame-name">
          <span class="frame-origin">
            <Captured text={originOf(url)} />
          </span>
          <span class="frame-path quiet">
            <Captured text={pathOf(url)} />
          </span>
        </span>
        {frame === 0 && <span class="frame-top">top</span>}
      </label>
      <span id={id} class={paused ? 'frame-count frame-paused' : 'frame-count quiet'}>
        {paused ? `paused, ${count(state.held)} held back` : counted(state.taken, 'observation')}
      </span>
    </li>
  );
}

/** `https://chat.example`; for addresses without an origin their scheme: `about:blank`, `blob:`. */
function originOf(url: string): string {
  const [origin] = /^[a-z-]+:\/\/[^/?#]*/i.exec(url) ?? [];
  return origin ?? (url.slice(0, 40) || 'unknown address');
}

function pathOf(url: string): string {
  const origin = originOf(url);
  return url.startsWith(origin) ? url.slice(origin.length).replace(/[?#].*$/s, '') : '';
}
