import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { decideAlike } from '#client/queries/patient/duplicates.ts'
import { useSession } from '#client/session/session.ts'
import type { AlikeFact } from '#domain/alike/alike.ts'
import type { AlikePair } from '#domain/person/duplicates-fhir.ts'
import { ConfirmAction } from '#features/parts/confirm-action.tsx'
import { NhsNumber } from '#features/parts/record/nhs-number.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { toast } from '#ui/feedback/toasts.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Card } from '#ui/layout/card.tsx'
import { DateText } from '#ui/text/date-text.tsx'
import { PersonName } from '#ui/text/person-name.tsx'

type Side = AlikePair['records'][number]
type Row = Readonly<{ title: string; fact?: AlikeFact; say: (side: Side) => ReactNode }>

/** Records that look alike and have no number to tell them apart by: two side by side, and somebody decides. */
export function AlikePairs({ pairs, total }: { pairs: readonly AlikePair[]; total: number }) {
  const { t } = useLingui()
  if (pairs.length === 0) return null
  return (
    <section aria-label={t`Records that look alike`}>
      <h2>
        <Trans>Records that look alike</Trans>
      </h2>
      <p>
        <Plural
          value={total}
          one="# pair agrees in three of family name, given name, birth date and postcode, and no checked NHS number tells them apart."
          other="# pairs agree in three of family name, given name, birth date and postcode, and no checked NHS number tells them apart."
        />{' '}
        <Trans>Gable decides nothing: compare them, and ask the person if you are not sure.</Trans>
      </p>
      {pairs.map((pair) => (
        <Pair key={pair.records.map(({ id }) => id).join(' ')} pair={pair} />
      ))}
    </section>
  )
}

function useRows(): readonly Row[] {
  const { t } = useLingui()
  const sexes: Readonly<Record<string, string>> = {
    ...{ female: t`Female`, male: t`Male`, other: t`Other` },
  }
  return [
    { title: t`Family name`, fact: 'family', say: ({ family }) => family },
    { title: t`Given name`, fact: 'given', say: ({ given }) => given },
    {
      ...{ title: t`Born`, fact: 'birth-date' },
      say: ({ birthDate }) => (birthDate ? <DateText date={birthDate} /> : undefined),
    },
    { title: t`Sex`, fact: 'gender', say: ({ gender = '' }) => sexes[gender] },
    { title: t`Address`, fact: 'postcode', say: ({ address }) => address },
    { title: t`NHS number`, fact: 'nhs-number', say: numberOf },
    { title: t`Practice`, say: ({ practice }) => practice },
    {
      title: t`Case`,
      say: ({ hasOpenCase }) => (hasOpenCase ? t`Has an open case` : t`None open`),
    },
  ]
}

const numberOf = ({ nhsNumber }: Side) => (nhsNumber ? <NhsNumber value={nhsNumber} /> : undefined)

function Pair({ pair }: { pair: AlikePair }) {
  const { t } = useLingui()
  const rows = useRows()
  const role = useSession(({ actor }) => actor?.role)
  const [one, other] = pair.records
  if (!one || !other) return null
  const sides = [one, other]
  return (
    <Card title={<PersonName family={one.family} given={one.given} />}>
      <table className="gable-table alike__table">
        <thead>
          <tr>
            <td />
            {sides.map(({ id }) => (
              <th key={id} scope="col">
                <Link to={`/people/${id}/plan`}>
                  <Trans>
                    Record <bdi>{id}</bdi>
                  </Trans>
                </Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ title, fact, say }) => (
            <tr key={title}>
              <th scope="row">
                {title}
                <Mark fact={fact} pair={pair} />
              </th>
              {sides.map((side) => (
                <td key={side.id}>{say(side) ?? <Trans>Not recorded</Trans>}</td>
              ))}
            </tr>
          ))}
        </tbody>
        {role === 'admin' ? (
          <tfoot>
            <tr>
              <th scope="row">{t`One person`}</th>
              {sides.map(({ id }) => (
                <td key={id}>
                  <Keep pair={pair} keep={id} />
                </td>
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
      <Different pair={pair} mayDecide={role === 'admin' || role === 'nurse-case-manager'} />
      {role === 'admin' ? null : (
        <p className="gable-meta">
          <Trans>If it is one person, an administrator can join the records.</Trans>
        </p>
      )}
    </Card>
  )
}

function Mark({ fact, pair }: Readonly<{ fact: AlikeFact | undefined; pair: AlikePair }>) {
  if (fact && pair.agree.includes(fact))
    return (
      <span className="alike__mark">
        <Trans>agrees</Trans>
      </span>
    )
  if (fact && pair.differ.includes(fact))
    return (
      <span className="alike__mark alike__mark--differs">
        <Trans>differs</Trans>
      </span>
    )
  return null
}

const idsOf = ({ records: [one, other] }: AlikePair) => ({
  person: one?.id ?? '',
  other: other?.id ?? '',
})

function Keep({ pair, keep }: Readonly<{ pair: AlikePair; keep: string }>) {
  const { t } = useLingui()
  const { seen } = pair
  const join = pair.records.find(({ id }) => id !== keep)?.id ?? ''
  return (
    <ConfirmAction
      verb={<Trans>Keep</Trans>}
      label={t`One person: keep record ${keep}`}
      variant="outline"
      title={t`Join these two records?`}
      yes={<Trans>Join them</Trans>}
      no={<Trans>Cancel</Trans>}
      run={async () => {
        const undo = await decideAlike({ ...idsOf(pair), decision: 'same', keep, seen })
        toast(<Trans>The records were joined.</Trans>, undo)
      }}
      failed={<Trans>The records were not joined</Trans>}
    >
      <p>
        <Trans>
          Record {join} will point to record {keep}. Nothing is deleted, nobody gets access they did
          not have before, and you can undo this.
        </Trans>
      </p>
    </ConfirmAction>
  )
}

function Different({ pair, mayDecide }: Readonly<{ pair: AlikePair; mayDecide: boolean }>) {
  const { seen } = pair
  const deciding = useMutation({
    mutationFn: () => decideAlike({ ...idsOf(pair), decision: 'different', seen }),
    onSuccess: (undo) => toast(<Trans>Kept as two people. Nobody is asked again.</Trans>, undo),
  })
  if (!mayDecide) return null
  return (
    <>
      <p>
        <Button variant="outline" pending={deciding.isPending} onClick={() => deciding.mutate()}>
          <Trans>Two different people</Trans>
        </Button>
      </p>
      {deciding.isError ? (
        <Notice tone="danger" title={<Trans>Nothing was decided</Trans>}>
          <p>{deciding.error.message}</p>
        </Notice>
      ) : null}
    </>
  )
}
