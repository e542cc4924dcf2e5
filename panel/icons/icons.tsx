/** The panel's icons: 16-pixel strokes in the colour of the text beside them. Each stands next to a name or in a named button. */
import type { ComponentChildren } from 'preact';

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.4"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const RecordIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="6" />
    <circle class="icon-record" cx="8" cy="8" r="3.2" fill="currentColor" stroke="none" />
  </Icon>
);

export const ClearIcon = () => (
  <Icon>
    <circle cx="8" cy="8" r="5.6" />
    <path d="M4.1 11.9 11.9 4.1" />
  </Icon>
);

export const FlagIcon = () => (
  <Icon>
    <path d="M4 14V2.6h7.6L9.8 5.6l1.8 3H4" />
  </Icon>
);

export const PlayIcon = () => (
  <Icon>
    <path d="M4.5 2.8 13 8l-8.5 5.2Z" fill="currentColor" />
  </Icon>
);

export const PauseIcon = () => (
  <Icon>
    <path d="M5 3v10M11 3v10" />
  </Icon>
);

export const PreviousEventIcon = () => (
  <Icon>
    <path d="M4 3v10" />
    <path d="M12.5 3.4 6.5 8l6 4.6Z" fill="currentColor" />
  </Icon>
);

export const NextEventIcon = () => (
  <Icon>
    <path d="M12 3v10" />
    <path d="M3.5 3.4 9.5 8l-6 4.6Z" fill="currentColor" />
  </Icon>
);

export const ImportIcon = () => (
  <Icon>
    <path d="M8 10.5V2.5M5 5.2 8 2.3l3 2.9M2.8 10.2v3h10.4v-3" />
  </Icon>
);

export const ExportIcon = () => (
  <Icon>
    <path d="M8 2.5v8M5 7.8l3 2.9 3-2.9M2.8 10.2v3h10.4v-3" />
  </Icon>
);

/** Two sliders: a gear's teeth blur at this size. */
export const SettingsIcon = () => (
  <Icon>
    <path d="M2.5 5h5M11.5 5h2M2.5 11h2M8.5 11h5" />
    <circle cx="9.5" cy="5" r="2" />
    <circle cx="6.5" cy="11" r="2" />
  </Icon>
);

/** A page with a frame in it. */
export const FramesIcon = () => (
  <Icon>
    <rect x="2" y="2.5" width="12" height="11" rx="1.2" />
    <rect x="6.5" y="7" width="5" height="4" rx="0.6" />
    <path d="M2 5h12" />
  </Icon>
);

export const FilterIcon = () => (
  <Icon>
    <path d="M2.5 3.5h11L9.4 8.4v4.1L6.6 13.5V8.4z" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path d="m4 4 8 8M12 4l-8 8" />
  </Icon>
);

export const StarIcon = () => (
  <Icon>
    <path d="m8 2.3 1.7 3.6 3.9.5-2.9 2.7.8 3.9L8 11.1 4.5 13l.8-3.9-2.9-2.7 3.9-.5z" />
  </Icon>
);

export const DownIcon = () => (
  <Icon>
    <path d="M8 3v9.5M4.2 9 8 12.7 11.8 9" />
  </Icon>
);

export const UpIcon = () => (
  <Icon>
    <path d="M8 13V3.5M4.2 7 8 3.3 11.8 7" />
  </Icon>
);

export const ChevronIcon = () => (
  <Icon>
    <path d="m6 3.8 4.2 4.2L6 12.2" />
  </Icon>
);

export const CopyIcon = () => (
  <Icon>
    <rect x="5.5" y="5.5" width="7.8" height="7.8" rx="1.2" />
    <path d="M10.5 5.2V3.4a.9.9 0 0 0-.9-.9H3.4a.9.9 0 0 0-.9.9v6.2c0 .5.4.9.9.9h1.8" />
  </Icon>
);
