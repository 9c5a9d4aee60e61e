import { Trans, useLingui } from '@lingui/react/macro'
import type { Wish, WishDocument } from '#domain/plan/worse/wishes.ts'
import { DateText } from '#ui/text/date-text.tsx'
import { SaidQuote } from '#ui/text/quote.tsx'
import { SaidByLine } from './said-by.tsx'
import { wishDocumentLabels } from './wish-labels.ts'

/** One part of the advance wishes, with whose words it is. */
export function WishWords({ wish }: Readonly<{ wish: Wish | undefined }>) {
  if (!wish?.words)
    return (
      <p className="worse-missing">
        <Trans>Not said yet</Trans>
      </p>
    )
  const { saidBy, supportedBy, saidOn = '' } = wish
  const said = saidBy && {
    ...{ by: saidBy, at: saidOn },
    ...(supportedBy ? { helper: supportedBy } : {}),
  }
  return (
    <>
      <SaidQuote isPersons={saidBy?.voice === 'person'}>{wish.words}</SaidQuote>
      <SaidByLine said={said} />
    </>
  )
}

const isSafeLink = (link: string) => /^https:\/\//i.test(link)

/** That a signed document exists, since when, and where it is. */
export function WishDocumentList({ documents }: Readonly<{ documents: readonly WishDocument[] }>) {
  const { i18n } = useLingui()
  return (
    <ul className="worse-list">
      {documents.map((each) => (
        <li key={each.id}>
          <p>
            <strong>{i18n._(wishDocumentLabels[each.sort])}</strong>
            {each.decider ? <>: {each.decider}</> : null}
          </p>
          <p>
            {each.signedOn ? (
              <Trans>
                Signed on <DateText date={each.signedOn} />.
              </Trans>
            ) : null}{' '}
            {each.keptAt ? (
              <Trans>Kept: {each.keptAt}.</Trans>
            ) : (
              <Trans>Where it is kept: not said yet.</Trans>
            )}
          </p>
          {isSafeLink(each.link) ? (
            <p>
              <a href={each.link} rel="noreferrer" target="_blank">
                <Trans>Read it</Trans>
              </a>
            </p>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
