import { BirthAndNumber } from '#features/parts/record/birth-and-number.tsx'
import { NhsNumber } from '#features/parts/record/nhs-number.tsx'
import { BreakGlassReasonText } from '#ui/text/break-glass-reason.tsx'
import { ChangedText } from '#ui/text/changed-text.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { EarlierText } from '#ui/text/earlier-text.tsx'
import { OwnText } from '#ui/text/own-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'
import { PhoneLink } from '#ui/text/phone-link.tsx'
import { Quote, SaidQuote } from '#ui/text/quote.tsx'
import { RoleName } from '#ui/text/role-name.tsx'
import { WhatToDo } from '#ui/text/what-to-do.tsx'
import { Example, longName, longText, longWord } from './example.tsx'

const ring = [
  { text: 'Call Amina on ', isNumber: false },
  { text: '01632 960100', isNumber: true },
  { text: `, or ${longWord}`, isNumber: false },
]
const dates = ['2026-11-29', '2026-11', '2026', '2026-11-29T14:05:00Z', 'some time in spring']
const roles = [
  'nurse-case-manager',
  'social-worker',
  'gp',
  'pharmacist',
  'physiotherapist',
  'person',
  'carer',
  'manager',
  'admin',
  'professional',
  longWord,
]
const reasons = ['emergency', 'cannot-speak', 'safeguarding', undefined]

export function WordExamples() {
  return (
    <>
      <Example of="Who and when">
        <p>
          <PersonName family={longName} given="Grace" title="Mrs" />,{' '}
          <NhsNumber value="9990000018" />, <NhsNumber />, <PersonName />
        </p>
        {/* beneath each other, as lists of people show them */}
        <p style={{ display: 'grid' }}>
          <BirthAndNumber birthDate="1934-01-04" nhsNumber="9990000018" />
          <BirthAndNumber />
        </p>
        <p>
          {dates.map((date) => (
            <span key={date}>
              <DateText date={date} withTime={date.length > 10} />;{' '}
            </span>
          ))}
        </p>
        <p>
          {roles.map((role) => (
            <span key={role}>
              <RoleName role={role} />;{' '}
            </span>
          ))}
          {reasons.map((code) => (
            <span key={code ?? ''}>
              <BreakGlassReasonText code={code} />;{' '}
            </span>
          ))}
        </p>
        <p>
          <PhoneLink number="01632 960100" />
        </p>
        <WhatToDo doWhat={ring} ring={ring} strong />
        <WhatToDo doWhat={ring} ring={[]} />
      </Example>
      <Example of="What somebody said">
        <Quote>{longText}</Quote>
        <Quote size="row">{longText}</Quote>
        <Quote size="lead">{longText}</Quote>
        <SaidQuote isPersons={false}>{longText}</SaidQuote>
        <SaidQuote isPersons size="lead">
          {longText}
        </SaidQuote>
        <EarlierText
          earlier={{ words: longText, by: { name: longName }, helper: { name: longName } }}
          when={<DateText date="2026-11-29" />}
        />
        <p>
          <OwnText>{longText}</OwnText>
        </p>
        <EarlierText isReader earlier={{ words: 'To church', by: { name: 'Grace' } }} />
        <ChangedText
          spans={[
            { kind: 'same', text: 'I want to walk' },
            { kind: 'removed', text: `to church ${longWord}` },
            { kind: 'added', text: `to the market ${longWord}` },
          ]}
        />
      </Example>
    </>
  )
}
