import { Trans, useLingui } from '@lingui/react/macro'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { meetingQuery } from '#client/queries/meetings/meetings.ts'
import { type Language, languages } from '#domain/language/languages.ts'
import { InLanguage } from '#features/parts/language/in-language.tsx'
import { LetterText } from '#features/parts/meeting/letter-text.tsx'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { SelectField } from '#ui/forms/select-field.tsx'
import { Button } from '#ui/layout/button.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import './meetings.css'

const isLanguage = (code: string): code is Language => code in languages

/** The letter that was sent, on one sheet of paper, its frame in a language that the person reads. */
export function LetterPage() {
  const { t } = useLingui()
  const { meeting = '', person: id = '' } = useParams()
  const { data } = useSuspenseQuery(meetingQuery(meeting))
  const [language, setLanguage] = useState<Language>('en')
  const person = data.people.find((each) => each.id === id)
  const back = `/meetings/${meeting}?${new URLSearchParams({ person: id, show: 'letter' })}`
  if (!person?.letter)
    return (
      <EmptyState title={t`This letter has not been sent yet`}>
        <Link to={back}>
          <Trans>Back to the meeting</Trans>
        </Link>
      </EmptyState>
    )
  return (
    <div className="letter-page">
      <div className="letter-page__head">
        <PageHeading
          title={t`A letter to ${person.given}`}
          actions={
            <>
              <Link to={back}>
                <Trans>Back to the meeting</Trans>
              </Link>{' '}
              <Button variant="link" onClick={() => globalThis.print()}>
                <Trans>Print</Trans>
              </Button>
            </>
          }
        />
      </div>
      <div className="letter-page__choice">
        <SelectField
          label={t`Language of the sentences around our words`}
          hint={t`What we wrote ourselves stays in English.`}
          value={language}
          onChange={(code) => {
            if (isLanguage(code)) setLanguage(code)
          }}
          options={Object.entries(languages).map(([value, { name }]) => ({ value, label: name }))}
        />
      </div>
      <InLanguage language={language} className="letter-page__sheet">
        <LetterText letter={person.letter} givenName={person.given} />
      </InLanguage>
    </div>
  )
}
