/** Where the facts about the Bright Pattern chat API come from. Each declaration names one of these. */
import type { SourceRef } from '../declaration.ts';

const HELP = 'https://help.brightpattern.com';
const HELP_3X = 'https://help3x.brightpattern.com';

export const source = {
  serverEvents: {
    label: 'Server Events, 5.2–5.19',
    url: `${HELP}/5.2:Mobile-web-api-specification/ServerEvents`,
  },
  clientEvents: {
    label: 'Client Events, 5.2–5.3',
    url: `${HELP}/5.2:Mobile-web-api-specification/ClientEvents`,
  },
  clientEvents318: {
    label: 'Client Events, 3.18',
    url: `${HELP_3X}/3.18:Mobile-web-api-specification/ClientEvents`,
  },
  getEvents: {
    label: 'Get New Chat Events, 5.2',
    url: `${HELP}/5.2:Mobile-web-api-specification/GetNewChatEvents`,
  },
  requestChat: {
    label: 'Request Chat, 5.2',
    url: `${HELP}/5.2:Mobile-web-api-specification/RequestChat`,
  },
  general: {
    label: 'General Information, 5.2',
    url: `${HELP}/5.2:Mobile-web-api-specification/GeneralInformation`,
  },
  api1: {
    label: 'Mobile/Web Messaging API v1 (Postman)',
    url: 'https://documenter.getpostman.com/view/6735877/T1LHGpBY',
  },
  api2: {
    label: 'Mobile/Web Messaging API v2 (Postman)',
    url: 'https://documenter.getpostman.com/view/6735878/TzXwFJFP',
  },
  chatSettings: {
    label: 'Chat Settings, 3.14',
    url: `${HELP_3X}/3.14:Contact-center-administrator-guide/ChatSettings`,
  },
  connectChat: {
    label: 'Scenario block Connect Chat, 3.12',
    url: `${HELP_3X}/3.12:Scenario-builder-reference-guide/ConnectChat`,
  },
  sms318: {
    label: 'Request SMS Chat Session, 3.18',
    url: `${HELP_3X}/3.18:Mobile-web-api-specification/RequestSMSChatSession`,
  },
  widget: {
    label: "vendor's web widget v4, 2026 copy",
    url: 'https://github.com/AmrKhalil9/BP_Chat_Test',
  },
  widget315: {
    label: "vendor's web widget 3.15",
    url: 'https://github.com/kellyhunt/kellyhunt.github.io',
  },
  ios: {
    label: "vendor's iOS SDK",
    url: 'https://github.com/ServicePattern/MobileAPI_IOS',
  },
  iosDocs: {
    label: "reference of the vendor's iOS SDK",
    url: `${HELP}/Mobile-API-lib/iOS/Enums/ContactCenterEvent.html`,
  },
  android: {
    label: "vendor's Android SDK",
    url: 'https://github.com/ServicePattern/MobileAPI_Android',
  },
  relay: {
    label: 'spchat, a public relay from messengers',
    url: 'https://github.com/filindm/spchat',
  },
} as const satisfies Record<string, SourceRef>;
