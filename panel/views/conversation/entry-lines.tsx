/** One line of the conversation each: a message or file, a form, a notice. */
import type { ComponentChildren } from 'preact';
import type { EventMark, FormEntry, MessageEntry, NoticeEntry } from '../../../src/analysis/api/analysis.ts';
import { shownLines, shownText } from '../../../src/text/shown-text.ts';
import { clock, counted, milliseconds } from '../../format/format.ts';
import { Captured } from '../../marks/captured.tsx';
import { Chip, FateMark } from '../../marks/marks.tsx';
import type { Inspector } from '../../store/inspector.ts';

interface LineProps<Entry> {
  readonly entry: Entry;
  readonly inspector: Inspector;
}

export function MessageLine({ entry, inspector }: LineProps<MessageEntry>) {
  const again = entry.copies.length;
  return (
    <>
      <Author name={entry.party} />
      <div class="talk-said">
        <p class={entry.deleted === null ? 'talk-text' : 'talk-text is-deleted'}>
          {entry.kind === 'file' && <Chip text={entry.fileType ?? 'file'} tone="quiet" />}
          {entry.kind === 'file' && ' '}
          {entry.text === '' ? <span class="quiet">no text</span> : <SaidText text={entry.text} />}
          {entry.cut && <span class="quiet"> … cut here</span>}
        </p>
        {entry.edits.map((edit) => (
          <p key={edit.row} class="talk-before quiet">
            was: <SaidText text={edit.before} />
          </p>
        ))}
      </div>
      <span class="talk-marks">
        {entry.replayed && <Chip text="from the history" tone="quiet" />}
        {entry.edits.map((edit) => (
          <Consequence key={edit.row} inspector={inspector} mark={edit}>
            edited
          </Consequence>
        ))}
        {entry.deleted && (
          <Consequence inspector={inspector} mark={entry.deleted}>
            deleted
          </Consequence>
        )}
        {entry.delivered && (
          <Consequence inspector={inspector} mark={entry.delivered}>
            delivered
          </Consequence>
        )}
        {entry.read && (
          <Consequence inspector={inspector} mark={entry.read}>
            read
          </Consequence>
        )}
        {entry.fate && !entry.replayed && <FateMark fate={entry.fate} />}
        {again > 0 && <Chip text={`came ${counted(again, 'more time')}`} tone="quiet" />}
      </span>
    </>
  );
}

export function FormLine({ entry, inspector }: LineProps<FormEntry>) {
  return (
    <>
      <Author name={entry.party === '' ? 'server' : entry.party} />
      <p class="talk-said">
        <Chip text={entry.secure ? 'secure form' : 'form'} tone="quiet" />{' '}
        {entry.name ? <Captured text={entry.name} /> : 'free text'}
      </p>
      <span class="talk-marks">
        {entry.answered && (
          <Consequence inspector={inspector} mark={entry.answered}>
            answered
          </Consequence>
        )}
        {entry.cancelled && (
          <Consequence inspector={inspector} mark={entry.cancelled}>
            cancelled
          </Consequence>
        )}
        {entry.answered === null && entry.cancelled === null && <Chip text="open" tone="warning" />}
      </span>
    </>
  );
}

export function NoticeLine({ entry }: { entry: NoticeEntry }) {
  return (
    <p class="talk-said quiet">
      <Captured text={entry.text} />
    </p>
  );
}

/** What a person wrote, with its lines. */
function SaidText({ text }: { text: string }) {
  return <bdi>{shownLines(text)}</bdi>;
}

function Author({ name }: { name: string }) {
  return (
    <span class="talk-author" title={shownText(name)}>
      {name === '' ? 'unknown' : <Captured text={name} />}
    </span>
  );
}

interface ConsequenceProps {
  readonly inspector: Inspector;
  readonly mark: EventMark;
  readonly children: ComponentChildren;
}

/** What became of a message and when, as a link to the event that says so. */
function Consequence({ inspector, mark, children }: ConsequenceProps) {
  return (
    <button
      type="button"
      class="link talk-mark"
      title={`${clock(mark.wallTime)}${milliseconds(mark.wallTime)}`}
      onClick={() => inspector.reveal(mark.row)}
    >
      {children}
    </button>
  );
}
