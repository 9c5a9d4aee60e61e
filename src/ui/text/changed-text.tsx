import { Trans } from '@lingui/react/macro'

type Stretch = Readonly<{ text: string; kind: 'same' | 'added' | 'removed' }>

/** A text beside its older version: removed text is crossed out, new text is underlined, and both are announced. */
export function ChangedText({ stretches }: { stretches: readonly Stretch[] }) {
  let at = 0
  return (
    <p className="gable-changed">
      {stretches.map((stretch) => {
        at += stretch.text.length + 1
        return <Part key={at} stretch={stretch} />
      })}
    </p>
  )
}

/** The spaces around a change keep it from running into its neighbours. */
function Part({ stretch: { kind, text } }: { stretch: Stretch }) {
  if (kind === 'same') return <span>{text}</span>
  if (kind === 'removed')
    return (
      <>
        {' '}
        <del>
          <span className="nhsuk-u-visually-hidden">
            <Trans>Removed:</Trans>{' '}
          </span>
          {text}
        </del>{' '}
      </>
    )
  return (
    <>
      {' '}
      <ins>
        <span className="nhsuk-u-visually-hidden">
          <Trans>New:</Trans>{' '}
        </span>
        {text}
      </ins>{' '}
    </>
  )
}
