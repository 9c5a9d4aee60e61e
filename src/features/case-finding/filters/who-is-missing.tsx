import { Plural, Trans, useLingui } from '@lingui/react/macro'
import type { FoundPeople } from '#client/queries/monitoring/find-people.ts'
import { frailtyBandLabels } from '#features/case-finding/labels.ts'
import { Button } from '#ui/layout/button.tsx'
import { countOfAll, type NarrowProps } from './counted-filter.tsx'

/** Whom the list does not show, and why. */
export function WhoIsMissing({ filters, narrow, found }: NarrowProps) {
  const { t } = useLingui()
  if (!found) return null
  return (
    <section className="find__missing" aria-labelledby="find-missing">
      <h2 id="find-missing">{t`Who is missing?`}</h2>
      <WithoutScore {...{ filters, narrow, found }} />
      <SaidNo found={found} />
    </section>
  )
}

/** People who asked not to be looked for: only how many, in fives. */
function SaidNo({ found: { saidNo } }: { found: FoundPeople }) {
  if (!saidNo) return null
  return (
    <p>
      {'count' in saidNo ? (
        <Trans>About {saidNo.count} people said no to being looked for.</Trans>
      ) : (
        <Trans>Fewer than {saidNo.fewerThan} people said no to being looked for.</Trans>
      )}{' '}
      <Trans>They are on no list here, and their care stays the same.</Trans>
    </p>
  )
}

function WithoutScore({ filters, narrow, found }: NarrowProps & { found: FoundPeople }) {
  const count = found.unscored
  // for an empty list it cannot be said that everybody has a score; nor beside somebody, found by name, who has none
  const isUntrue =
    countOfAll(found.known) === 0 ||
    found.people.some(({ band = '' }) => !(band in frailtyBandLabels))
  if (count === 0 && isUntrue) return null
  return (
    <>
      <p>
        <WhoIsApart count={count} order={found.order} />{' '}
        {count > 0 ? <Trans>They are listed separately, not at the end.</Trans> : null}
      </p>
      {filters.unscored ? (
        <Button variant="link" onClick={() => narrow({ unscored: '' })}>
          <Trans>Back to people with a score</Trans>
        </Button>
      ) : (
        count > 0 && (
          <Button variant="link" onClick={() => narrow({ unscored: 'yes', ...noReasons })}>
            <Trans>See them</Trans>
          </Button>
        )
      )}
    </>
  )
}

/** Filters that need codes, which nobody without a score has. */
const noReasons = { band: '', condition: '', segment: '', changeable: '', flag: '' } as const

/** Whom the order cannot place, and why. */
function WhoIsApart({
  count,
  order = 'frailty',
}: Readonly<{ count: number; order?: string | undefined }>) {
  if (order === 'cost' || order.startsWith('outside:'))
    return (
      <Plural
        value={count}
        _0="Everyone here has what this order needs."
        one="Of # person nothing was sent that this order needs."
        other="Of # people nothing was sent that this order needs."
      />
    )
  if (order === 'frailty')
    return (
      <Plural
        value={count}
        _0="Everyone here has a score."
        one="# person has no coded condition, so no score."
        other="# people have no coded condition, so no score."
      />
    )
  return (
    <Plural
      value={count}
      _0="Everyone here has a chance that could be counted."
      one="# person has nothing coded, no age, or too few people like them to count a chance."
      other="# people have nothing coded, no age, or too few people like them to count a chance."
    />
  )
}
