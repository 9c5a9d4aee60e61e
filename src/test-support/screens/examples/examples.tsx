import { useState } from 'react'
import { EmptyState } from '#ui/feedback/empty-state.tsx'
import { Notice } from '#ui/feedback/notice.tsx'
import { ProgressLine } from '#ui/feedback/progress-line.tsx'
import { RestrictedMark } from '#ui/feedback/restricted-mark.tsx'
import { Skeleton } from '#ui/feedback/skeleton.tsx'
import { type MarkState, StateMark } from '#ui/feedback/state-mark.tsx'
import { Toasts, ToastsFromPageBefore, toast } from '#ui/feedback/toasts.tsx'
import { Avatar } from '#ui/layout/avatar.tsx'
import { Button, type ButtonVariant } from '#ui/layout/button.tsx'
import { CallList } from '#ui/layout/call-list.tsx'
import { Card } from '#ui/layout/card.tsx'
import { Chip } from '#ui/layout/chip.tsx'
import { Dialog } from '#ui/layout/dialog.tsx'
import { LinkButton } from '#ui/layout/link-button.tsx'
import { OpeningLine } from '#ui/layout/opening-line.tsx'
import { PageHeading } from '#ui/layout/page-heading.tsx'
import { Pager } from '#ui/layout/pager.tsx'
import { ShortList } from '#ui/layout/short-list.tsx'
import { SubNav } from '#ui/layout/sub-nav.tsx'
import { Example, longName, longText, longWord, nothing } from './example.tsx'
import { FigureExamples } from './figure-examples.tsx'
import { FormExamples } from './form-examples.tsx'
import { WordExamples } from './word-examples.tsx'

const variants: readonly ButtonVariant[] = ['filled', 'outline', 'link', 'danger']
const tones = ['info', 'done', 'warning', 'danger'] as const
const marks: readonly MarkState[] = ['agreed', 'writing', 'due', 'failed', 'missing', 'new']
const voices = ['person', 'carer', 'professional'] as const

/** Every component of `src/ui`, in each of its states, on one page. */
export function Examples() {
  return (
    <main className="gable-main" id="content">
      <PageHeading
        title={`The plan of ${longName}`}
        caption={longName}
        lead={longText}
        actions={<Button variant="link">Print</Button>}
      />
      <LayoutExamples />
      <FeedbackExamples />
      <DialogExamples />
      <FormExamples />
      <WordExamples />
      <FigureExamples />
      <Toasts />
      <Example of="What was said on the page before">
        <PageBefore />
      </Example>
    </main>
  )
}

/** Said on a page that the user has left since. */
function PageBefore() {
  const [page, setPage] = useState('/first')
  return (
    <>
      <ToastsFromPageBefore page={page} />
      <Button
        onClick={() => {
          toast(`Saved: ${longText}`, async () => undefined)
          setPage(`${page}-next`)
        }}
      >
        Save and go to the next page
      </Button>
    </>
  )
}

function LayoutExamples() {
  const links = [
    'The plan',
    'Story',
    'Scores',
    'Assessments',
    'Readings',
    'Tasks and referrals',
    'Contact details',
  ]
  return (
    <>
      <Example of="Buttons and links">
        {variants.map((variant) => (
          <p key={variant}>
            <Button variant={variant}>Save the reading</Button>{' '}
            <Button variant={variant} pending>
              Being saved
            </Button>{' '}
            <Button variant={variant} disabled>
              Not now
            </Button>{' '}
            <LinkButton to="/" variant={variant}>
              Open {longWord}
            </LinkButton>
          </p>
        ))}
      </Example>
      <Example of="Ways on">
        <SubNav
          label="About this person"
          links={links.map((text, place) => ({
            to: place === 0 ? '/' : `/${place}`,
            text,
            count: place,
            end: true,
          }))}
        />
        <Pager page={2} pages={3} onPage={nothing} />
      </Example>
      <Example of="Cards and lists">
        <Card title={longText} actions={<Button variant="outline">Change</Button>}>
          <p>
            <Chip>Paused</Chip> <Chip tone="warning">Restricted</Chip>{' '}
            <Chip tone="missing">{longWord}</Chip>
          </p>
        </Card>
        <CallList
          lines={[
            {
              ...{ key: 'one', name: longName, note: `Son and carer, ${longWord}` },
              numbers: [
                {
                  value: '01632 960100',
                  use: 'home',
                  callWhen: 'after six in the evening, not on Sundays',
                  best: true,
                },
                { value: '+44 1632 960 200', use: 'mobile' },
              ],
            },
            { key: 'two', name: 'Tom Price', numbers: [] },
          ]}
        />
        <OpeningLine title={`${longName} suggests a change`}>
          <p>{longText}</p>
        </OpeningLine>
        <OpeningLine title="How was our talk?" isBegun>
          <p>{longText}</p>
        </OpeningLine>
        <ShortList
          most={2}
          items={[longName, longText, longWord].map((words) => <li key={words}>{words}</li>)}
        />
        {voices.map((voice) => (
          <Avatar key={voice} name={longName} voice={voice} />
        ))}
      </Example>
    </>
  )
}

function FeedbackExamples() {
  return (
    <Example of="What is so">
      {tones.map((tone) => (
        <Notice
          key={tone}
          tone={tone}
          title={longText}
          actions={<Button variant="outline">Look</Button>}
        >
          <p>{longText}</p>
        </Notice>
      ))}
      <EmptyState title="Nobody here yet" actions={<LinkButton to="/">Find people</LinkButton>}>
        <p>{longText}</p>
      </EmptyState>
      <Skeleton lines={3} />
      <ProgressLine value={2} max={5} label={`File 2 of 5: ${longWord}.csv`} />
      <p>
        {marks.map((state) => (
          <StateMark key={state} state={state}>
            {state} {longWord}
          </StateMark>
        ))}
      </p>
      <RestrictedMark restriction={{ between: false }} />
      <RestrictedMark whole restriction={{ between: true, why: longText }} />
      <RestrictedMark to="person" restriction={{ between: false, why: 'She asked for it' }} />
      <RestrictedMark restriction={{ between: false, through: true }} />
    </Example>
  )
}

function DialogExamples() {
  const [open, setOpen] = useState<'calm' | 'urgent'>()
  const close = () => setOpen(undefined)
  return (
    <Example of="What comes up">
      <Button onClick={() => setOpen('calm')}>Open a question</Button>{' '}
      <Button onClick={() => setOpen('urgent')}>Open an urgent one</Button>{' '}
      <Button onClick={() => toast(`Saved: ${longText}`, async () => undefined)}>
        Save something
      </Button>
      <Dialog
        title={`Ask ${longName} to take this person on?`}
        open={open !== undefined}
        urgent={open === 'urgent'}
        onClose={close}
        actions={
          <>
            <Button onClick={close}>Yes, ask them</Button>
            <Button variant="link" onClick={close}>
              Not now
            </Button>
          </>
        }
      >
        <p>{longText}</p>
      </Dialog>
    </Example>
  )
}
