/**
 * What `/configuration` gives: the widget's looks, its tab on the page, the form before the chat, and the forms that a
 * scenario may show. The vendor's widget does not start without `definition` and `styles`.
 */

const textField = (name: string, label: string, required: boolean) => ({
  formFieldType: 'text',
  label,
  name,
  required,
});

const PRE_CHAT = {
  callButtonEnabled: false,
  cancelButtonEnabled: false,
  chatButtonEnabled: true,
  chatButtonText: 'Start the chat',
  chatFields: [
    textField('first_name', 'Your name', false),
    // What is typed here travels as the `initial_message` of Request Chat.
    { formFieldType: 'multiline_text', label: 'What is it about?', name: 'message', required: false },
  ],
  commonFields: [],
  enabled: true,
  phoneFields: [],
  title: 'Ask us',
};

const TAB = {
  agentsAvailableMsg: 'Ask us',
  doNotShowAfterEWTThreshold: false,
  doNotShowAfterHours: false,
  enabled: true,
  iconUrl: '',
  location: 'bottom_right',
  outOfHoursMsg: 'We are away',
};

const FORMS = [
  {
    cancelButtonText: 'Not now',
    fields: [textField('order_number', 'Order number', true), textField('reason', 'Reason', false)],
    name: 'return-request',
    submitButtonText: 'Send',
    title: 'Return request',
    urls: [],
  },
];

const LOOKS = {
  color: '0f766e',
  emojiSelector: true,
  endSessionDialogText: 'End this chat?',
  fileUploadEnabled: true,
  height: 560,
  showAgentPic: 'show',
  tabStyle: 'default',
  textColor: 'ffffff',
  title: 'Tern & Tide',
  videoCallEnabled: true,
  visitorVideoEnabled: false,
  webNotificationsEnabled: false,
  widgetMinimizationEnabled: true,
  width: 360,
};

export const CONFIGURATION = {
  cobrowsing: { provider: 'NONE' },
  definition: {
    chatInitiations: [
      {
        contactTab: TAB,
        leaveMessage: { cancelButtonText: 'Close', fields: [], okButtonText: 'Send', title: 'We are away' },
        preChat: PRE_CHAT,
        urls: ['/'],
      },
    ],
    chatWidgetStyling: LOOKS,
    forms: FORMS,
    onPageForms: [],
    proactiveOffers: [],
  },
  styles: {
    plain: { baseFont: { 'font-family': 'sans-serif' }, widgetBorderRadius: { 'border-radius': '8px' } },
  },
};
