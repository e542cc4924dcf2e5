/** What a person sets about capturing: own relays' URLs and marks, and the flight recorder. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Settings } from '../../src/messaging/settings.ts';
import { Popover } from '../layout/popover.tsx';
import type { Inspector } from '../store/inspector.ts';
import { capsIn, hasCapFault, type TypedCaps, typedCaps } from './cap-fields.ts';
import { CapSettings } from './cap-settings.tsx';
import { Lines, Switch } from './settings-fields.tsx';
import { parseMarks, parsePatterns, parseWrappers } from './settings-text.ts';
import { WrapperTrial } from './wrapper-trial.tsx';
import './settings.css';

export function SettingsDialog({ inspector }: { inspector: Inspector }) {
  const settings = useSignal<Settings | null>(null);
  useEffect(() => {
    let open = true;
    const loaded = inspector.settings.read();
    loaded.then(
      (stored) => {
        if (open) settings.value = stored;
      },
      () => inspector.dialogs.close('settings'),
    );
    return () => {
      open = false;
    };
  }, [inspector, settings]);
  // It opens once it can show what is set; reading takes no time that a person would see.
  return settings.value && <SettingsForm inspector={inspector} settings={settings.value} />;
}

function SettingsForm({ inspector, settings }: { inspector: Inspector; settings: Settings }) {
  const offered = inspector.dialogs.offeredPattern.peek();
  const more = offered === '' || settings.patterns.includes(offered) ? [] : [offered];
  const patterns = useSignal([...settings.patterns, ...more].join('\n'));
  const wrappers = useSignal(settings.wrappers.join('\n'));
  const marks = useSignal(settings.marks.join('\n'));
  const everything = useSignal(settings.everything);
  const recorder = useSignal(settings.recorder);
  const caps = useSignal<TypedCaps>(typedCaps(settings.caps));
  const failure = useSignal('');
  const form = useRef<HTMLFormElement>(null);
  const typed = {
    patterns: parsePatterns(patterns.value),
    wrappers: parseWrappers(wrappers.value),
    marks: parseMarks(marks.value),
  };

  const save = async () => {
    if (typed.patterns.fault || typed.wrappers.fault || typed.marks.fault || hasCapFault(caps.value)) {
      // What is closed cannot take the focus.
      form.current?.querySelector('details')?.toggleAttribute('open', true);
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return;
    }
    try {
      const changed: Settings = {
        patterns: typed.patterns.entries,
        wrappers: typed.wrappers.entries,
        marks: typed.marks.entries,
        everything: everything.value,
        recorder: recorder.value,
        preserveLog: inspector.preserveLog.peek(),
        caps: capsIn(caps.value),
      };
      await inspector.settings.write(changed);
      inspector.applySettings(changed);
      inspector.dialogs.close('settings');
    } catch {
      failure.value = 'The browser did not keep the settings: its storage is full or denied.';
    }
  };

  return (
    <Popover label="Settings" close={() => inspector.dialogs.close('settings')}>
      <form
        ref={form}
        class="settings"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <h2>Settings</h2>
        <Lines
          id="settings-patterns"
          label="Also chat: URLs that contain"
          hint="One a line; * stands for anything. For relays of your own, such as /relay/poll or wss://example.com/rt*."
          text={patterns}
          typed={typed.patterns}
        />
        <Lines
          id="settings-wrappers"
          label="Where the event is in your message"
          hint="One path a line, such as payload, data[0] or arguments.0. Most wrappers are opened without one."
          text={wrappers}
          typed={typed.wrappers}
        />
        <WrapperTrial wrappers={typed.wrappers.entries} />
        <Lines
          id="settings-marks"
          label="Also chat: messages that contain"
          hint="One a line, as in the text itself, such as supportEvent. They are looked for near its beginning."
          text={marks}
          typed={typed.marks}
        />
        <Switch
          id="settings-everything"
          label="All traffic"
          hint="Take every request and message for chat. The flight recorder then keeps them too."
          on={everything}
        />
        <Switch
          id="settings-recorder"
          label="Flight recorder"
          hint="Keep the chat traffic of earlier pages of this tab, in memory only, so that a panel that is opened late shows how a chat began. Never in private windows. Switched off, what it holds is forgotten."
          on={recorder}
        />
        <CapSettings
          typed={caps.value}
          onChange={(changed) => {
            caps.value = changed;
          }}
        />
        <p>All of this holds for what comes from now on; reload the page to see it from its start.</p>
        {failure.value !== '' && (
          <p class="settings-fault" role="alert">
            {failure.value}
          </p>
        )}
        <div class="settings-actions">
          <button type="button" class="link settings-keys" onClick={() => inspector.dialogs.show('keys')}>
            Keys (?)
          </button>
          <button type="button" class="button" onClick={() => inspector.dialogs.close('settings')}>
            Cancel
          </button>
          <button type="submit" class="button button-chief">
            Save
          </button>
        </div>
      </form>
    </Popover>
  );
}
