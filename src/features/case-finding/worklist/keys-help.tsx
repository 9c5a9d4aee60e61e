import { Trans, useLingui } from '@lingui/react/macro'
import { Checkboxes } from '#ui/forms/checkboxes.tsx'
import { Button } from '#ui/layout/button.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { chooseListKeys, useListKeysSetting } from './use-list-keys-setting.ts'

/** Which keys work the list, and the way to turn them off. */
export function KeysHelp({ onClose }: Readonly<{ onClose: () => void }>) {
  const { t } = useLingui()
  const isOn = useListKeysSetting(({ value }) => value === 'on')
  const keys = [
    [t`j or arrow down`, t`next person`],
    [t`k or arrow up`, t`previous person`],
    [t`Enter`, t`open the person’s page`],
    [t`x`, t`select, or no longer`],
    [t`t`, t`take on`],
    [t`a`, t`assign to a colleague`],
    [t`n`, t`not now, look again on a day`],
    [t`d`, t`not now, until somebody reopens it`],
    [t`u`, t`undo what you decided last`],
    [t`?`, t`show these keys`],
  ] as const
  return (
    <Dialog
      open
      title={t`Work the list with the keyboard`}
      onClose={onClose}
      actions={
        <Button onClick={onClose}>
          <Trans>Close</Trans>
        </Button>
      }
    >
      <dl className="worklist-keys">
        {keys.map(([key, words]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p>
        <Trans>With people selected, t, a, n and d are about all of them.</Trans>
      </p>
      <Checkboxes
        legend={t`Keys`}
        values={isOn ? ['on'] : []}
        onChange={(values) => chooseListKeys(values.includes('on') ? 'on' : 'off')}
        options={[{ value: 'on', label: t`Use single keys on this page` }]}
      />
    </Dialog>
  )
}
