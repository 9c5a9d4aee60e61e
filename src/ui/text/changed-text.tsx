import { Trans } from '@lingui/react/macro'

type ChangedSpan = Readonly<{ text: string; kind: 'same' | 'added' | 'removed' }>

/** A text beside its older version: removed text is crossed out, new text is underlined, and both are announced. */
export function ChangedText({ spans }: { spans: readonly ChangedSpan[] }) {
  let at = 0
  return (
    <p className="gable-changed">
      {spans.map((span) => {
        at += span.text.length + 1
        return <Part key={at} span={span} />
      })}
    </p>
  )
}

/** The spaces around a change keep it from running into its neighbours. */
function Part({ span: { kind, text } }: { span: ChangedSpan }) {
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
