import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { coverPackQuery } from '#client/queries/cover/cover-pack.ts'
import { longestAnswerWords } from '#domain/fhir/longest-words.ts'
import { PackOfPerson } from '#features/cover/pack/pack-of-person.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'

type Words = Readonly<Record<string, string>>
type Props = Readonly<{
  from: string
  people: readonly string[]
  words: Words
  onWords: (words: Words) => void
}>

/** What the colleagues who take these people over will read, with a place for what no record says. */
export function DraftPack(props: Props) {
  const [isOpen, setOpen] = useState(false)
  return (
    <details className="cover-draft" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Plural
          value={props.people.length}
          one="What they will know about # person: read it, and add your words"
          other="What they will know about # people: read it, and add your words"
        />
      </summary>
      {isOpen ? <Drafted {...props} /> : null}
    </details>
  )
}

function Drafted({ from, people, words, onWords }: Props) {
  const { t } = useLingui()
  const { data, isError, refetch } = useQuery(coverPackQuery({ from, people }))
  if (isError)
    return (
      <Notice tone="warning" title={<Trans>The records could not be loaded</Trans>}>
        <Button variant="outline" onClick={() => void refetch()}>
          <Trans>Try again</Trans>
        </Button>
      </Notice>
    )
  if (!data) return <Skeleton lines={8} />
  return data.people.map((person) => (
    <PackOfPerson key={person.id} person={person} isOpen={data.people.length === 1}>
      <TextArea
        label={t`What they should know about ${`${person.given} ${person.family}`.trim()}`}
        hint={t`Between professionals. Up to ${longestAnswerWords} characters.`}
        rows={2}
        maxLength={longestAnswerWords}
        value={words[person.id] ?? ''}
        onChange={(typed) => onWords({ ...words, [person.id]: typed })}
      />
    </PackOfPerson>
  ))
}
