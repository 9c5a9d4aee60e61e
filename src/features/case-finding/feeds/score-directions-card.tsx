import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { dayHere } from '#client/clock.ts'
import { FhirError } from '#client/fhir/fhir-error.ts'
import { useAsyncAction } from '#client/forms/use-async-action.ts'
import { useDraft } from '#client/forms/use-draft.ts'
import {
  sayScoreDirection,
  scoreDirectionsQuery,
} from '#client/queries/monitoring/score-directions.ts'
import { instrumentNamed } from '#domain/outside-score/outside-instrument.ts'
import {
  directionFault,
  longestDirectionWords,
  type ScoreDirections,
} from '#domain/outside-score/stated-direction.ts'
import { Count, countIn } from '#features/case-finding/population/count.tsx'
import { TwoWaysOut } from '#features/parts/saving/two-ways-out.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { StateMark } from '#ui/feedback/state-mark.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { CheckedForm } from '#ui/forms/checked-form.tsx'
import { Radios } from '#ui/forms/radios.tsx'
import { TextArea } from '#ui/forms/text-area.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'

type Score = ScoreDirections['scores'][number]

/** Which scores of others are here, and which way each points: until somebody says so, it orders no list. */
export function ScoreDirectionsCard() {
  const { t } = useLingui()
  const { data } = useQuery(scoreDirectionsQuery)
  if (!data || data.scores.length === 0) return null
  return (
    <Card title={t`Scores from elsewhere`}>
      <p>
        <Trans>
          A list can be ordered by a score only if it is known which end of it asks for help first.
        </Trans>
      </p>
      <ul className="feeds__scores">
        {data.scores.map((score) => (
          <li key={score.code}>
            <OneDirection score={score} mayDecide={data.mayDecide} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

const nameOf = (code: string) => instrumentNamed(code)?.name ?? code

function OneDirection({ score, mayDecide }: Readonly<{ score: Score; mayDecide: boolean }>) {
  const { t } = useLingui()
  const [isOpen, setOpen] = useState(false)
  const { code, people, direction, published } = score
  const name = nameOf(code)
  return (
    <>
      <h3>
        <bdi>{name}</bdi>
      </h3>
      <p>
        {direction === undefined ? (
          <StateMark state="missing">
            <Trans>Not known which end asks for help first: it orders no list</Trans>
          </StateMark>
        ) : (
          <StateMark state="agreed">
            {direction === 'high' ? (
              <Trans>High asks for help first</Trans>
            ) : (
              <Trans>Low asks for help first</Trans>
            )}
          </StateMark>
        )}
        <span className="gable-meta">
          {' '}
          <Count of={people} />{' '}
          <Plural value={countIn(people)} one="person has one" other="people have one" />
        </span>
      </p>
      {published ? (
        <p className="gable-meta">
          <Trans>As it was published: {published}</Trans>
        </p>
      ) : (
        <WhoSaidSo score={score} />
      )}
      {mayDecide && !published && !isOpen ? (
        <Button
          variant="outline"
          aria-label={t`Say which end of ${name} asks for help first`}
          onClick={() => setOpen(true)}
        >
          {direction ? <Trans>Change or take back</Trans> : <Trans>Say which end</Trans>}
        </Button>
      ) : null}
      {isOpen ? <DirectionForm score={score} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function WhoSaidSo({ score: { by, at, words, direction } }: { score: Score }) {
  if (!by) return null
  return (
    <p className="gable-meta">
      {direction ? null : <Trans>Taken back.</Trans>} “{words}” · {by}
      {at ? (
        <>
          {' · '}
          <DateText date={dayHere(at)} />
        </>
      ) : null}
    </p>
  )
}

type Fields = Readonly<{ direction: string; words: string }>

function DirectionForm({ score, onClose }: Readonly<{ score: Score; onClose: () => void }>) {
  const { t } = useLingui()
  const { code, version, direction } = score
  const [fields, setFields, clear] = useDraft<Fields>(`score-direction:${code}`, {
    direction: direction ?? '',
    words: '',
  })
  const [tried, setTried] = useState(false)
  const work = useAsyncAction()
  const fault = tried ? directionFault(fields) : undefined
  const close = () => {
    clear()
    onClose()
  }
  const save = async () => {
    setTried(true)
    if (directionFault(fields) || work.pending) return
    const said = { code, version, words: fields.words, direction: fields.direction as 'high' }
    if (!(await work.run(() => sayScoreDirection(said)))) return
    toast(t`Saved`)
    close()
  }
  const options = [
    { value: 'high', label: t`A high score` },
    { value: 'low', label: t`A low score` },
    ...(direction ? [{ value: 'unknown', label: t`Not known: take back what was said` }] : []),
  ]
  const wordsFault = {
    words: t`Enter where it says so, or why`,
    'too-long': t`Write ${longestDirectionWords} characters at most`,
  }
  return (
    <CheckedForm aria-label={t`Which end of ${nameOf(code)}`} onSubmit={save}>
      <Radios
        legend={t`Who asks for help first?`}
        name={`direction-${code}`}
        value={fields.direction}
        onChange={(value) => setFields({ ...fields, direction: value })}
        error={fault === 'direction' ? t`Choose one` : undefined}
        options={options}
      />
      <TextArea
        label={t`Why`}
        hint={t`For example the paper or the page of its maker. Everybody who works with lists reads this.`}
        rows={2}
        value={fields.words}
        onChange={(words) => setFields({ ...fields, words })}
        error={fault && fault !== 'direction' ? wordsFault[fault] : undefined}
      />
      <DirectionProblem failure={work.failure} />
      <TwoWaysOut pending={work.pending} onCancel={close} />
    </CheckedForm>
  )
}

function DirectionProblem({ failure }: { failure: unknown }) {
  if (!failure) return null
  const isRule = failure instanceof FhirError && [400, 403, 409, 422].includes(failure.status)
  return (
    <Notice tone="danger" title={<Trans>Not saved</Trans>}>
      <p>
        {isRule ? (
          <>{failure.message}.</>
        ) : (
          <Trans>We could not save this. What you wrote is kept on this device. Try again.</Trans>
        )}
      </p>
    </Notice>
  )
}
