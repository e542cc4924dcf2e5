/** Sessions of the same chat id in other origins: they are apart until a person says that they are one. */
import type { SessionView } from '../../../src/analysis/api/analysis.ts';
import { shownText } from '../../../src/text/shown-text.ts';
import type { Inspector } from '../../store/inspector.ts';
import type { TraceModel } from '../../store/trace-model.ts';

interface OtherOriginsProps {
  readonly inspector: Inspector;
  readonly trace: TraceModel;
  readonly session: SessionView;
}

/** So many are offered; a hostile page makes any number. */
const OFFERED = 3;

export function OtherOrigins({ inspector, trace, session }: OtherOriginsProps) {
  const { id, sameChat, second, chatId } = session;
  const others = sameChat.slice(0, OFFERED).flatMap((other) => trace.analysis.session(other) ?? []);
  const joined = chatId !== null && trace.analysis.joins.some((join) => join.chatId === chatId);
  if (others.length === 0 && !joined) return null;
  return (
    <span class="picker other-origins">
      {others.length > 0 && (
        <span class="quiet" title={second ? 'What this session lacks may be there: that is no finding' : ''}>
          Same chat id in another origin:
        </span>
      )}
      {others.map((other) => (
        <button
          type="button"
          class="button"
          key={other.id}
          onClick={() => inspector.joinSessions(id, other.id)}
        >
          Join <bdi>{originsOf(other)}</bdi>
        </button>
      ))}
      {joined && (
        <button type="button" class="button" onClick={() => inspector.separateSessions(chatId)}>
          Separate origins
        </button>
      )}
    </span>
  );
}

function originsOf({ origins }: SessionView): string {
  return origins.map((origin) => shownText(origin ?? 'unknown origin')).join(', ');
}
