import { screen, within } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { graceId } from '#demo-data/identities.ts'
import { type OpenApp, openApp } from '#test-support/screens/open-app.tsx'
import { type FormToSend, recorded, sendForm } from '#test-support/screens/send-form.ts'
import { adtMessage } from '#test-support/worlds/adt-message.ts'

let app: OpenApp
const root = `/people/${graceId}`
const nhsNumber = 'https://fhir.nhs.uk/Id/nhs-number'
const generalPractitioner = [{ reference: 'Organization/brook-surgery' }]

/** Two records with the same NHS number, of people without a case. */
const twice = ['p-ann', 'p-anne'].map((id) => ({
  ...{ resourceType: 'Patient' as const, id, generalPractitioner, birthDate: '1950-05-05' },
  name: [{ family: 'Hill', given: [id === 'p-ann' ? 'Ann' : 'Anne'] }],
  identifier: [{ system: nhsNumber, value: '9990000018' }],
}))

beforeAll(async () => {
  app = await openApp(twice)
})
afterEach(() => app.restoreCalls())
afterAll(async () => await app.close())

const theGoal = 'The goal, in the person’s own words'
const theNeed = 'What the person needs, or is worried about'

const press = async (name: string | RegExp) => {
  await app.user.click(screen.getByRole('button', { name }))
  await app.settled()
}
const choose = (name: string | RegExp) => async () =>
  await app.user.click(screen.getByRole('radio', { name }))
const select = (label: string, value: string) => async () =>
  await app.user.selectOptions(screen.getByLabelText(label), value)

type Case = FormToSend &
  Readonly<{ what: string; who: string; path: string; opens?: string | RegExp }>

const cases: readonly Case[] = [
  {
    ...{ what: 'a contact', who: 'amina', path: `${root}/review`, press: 'Save contact' },
    ...{ asksFor: 'We spoke on the phone', field: 'What was said', words: 'She slept well' },
    rest: choose('We spoke on the phone'),
  },
  {
    ...{ what: 'a review', who: 'amina', path: `${root}/review`, press: 'Save the review' },
    ...{ asksFor: 'Goes on', field: 'What was said', words: 'The knees are better' },
    rest: async () => {
      for (const goesOn of screen.getAllByLabelText('Goes on')) await app.user.click(goesOn)
    },
  },
  {
    ...{ what: 'a task', who: 'amina', path: `${root}/tasks`, opens: 'Add a task' },
    ...{ press: 'Add task', asksFor: 'What needs to be done', field: 'What needs to be done' },
    words: 'Order a raised chair',
  },
  {
    ...{ what: 'a referral', who: 'amina', path: `${root}/tasks`, opens: 'Refer to a service' },
    ...{ press: 'Send referral', asksFor: 'Who you are asking', field: 'What you are asking for' },
    words: 'Somebody to sit at night, please',
    rest: select('Who you are asking', 'Organization/riverside-council'),
  },
  {
    ...{ what: 'the result of a task', who: 'amina', path: '/tasks', opens: /^Done: Ring about/ },
    ...{ press: 'Mark as done', field: 'How it went (optional)', words: 'They answered at once' },
  },
  {
    ...{ what: 'a reading', who: 'amina', path: `${root}/readings`, press: 'Save the reading' },
    ...{ asksFor: 'Weight (kg)', field: 'Weight (kg)', words: '61.25' },
  },
  {
    ...{ what: 'a limit', who: 'amina', path: `${root}/readings?kind=oxygen` },
    ...{ press: 'Save in the plan', asksFor: 'Lower limit (%)', field: 'Upper limit (%)' },
    words: '97.25',
  },
  {
    ...{ what: 'a note', who: 'amina', path: `${root}/story`, opens: 'Write a note' },
    ...{ press: 'Save the note', asksFor: 'Your note to the other professionals' },
    ...{ field: 'Your note to the other professionals', words: 'Her stairs are steep' },
  },
  {
    ...{ what: 'a goal', who: 'amina', path: `${root}/plan/conversation` },
    ...{
      opens: 'Write a goal together with Grace',
      press: 'Save',
      words: 'I want to see the sea once more',
    },
    ...{ asksFor: theGoal, field: theGoal },
  },
  {
    ...{ what: 'a need', who: 'amina', path: `${root}/plan/conversation`, opens: 'Add a need' },
    ...{ press: 'Save', asksFor: theNeed, field: theNeed, words: 'A lamp on the landing' },
  },
  {
    ...{ what: 'a step', who: 'amina', path: `${root}/plan/goals/goal-g1`, opens: /^Add a step/ },
    ...{ press: 'Save', asksFor: 'What will be done', field: 'What will be done' },
    words: 'Try the path on Friday',
  },
  {
    ...{ what: 'a section of About me', who: 'amina', path: `${root}/plan/me`, press: 'Save' },
    opens: 'Write this together with Grace : How and when to support me',
    ...{ field: 'How and when to support me', words: 'In the mornings, slowly' },
  },
  {
    ...{ what: 'a line of a crisis plan', who: 'grace', path: '/my/roof' },
    ...{ opens: 'Write a crisis plan', press: 'Save my words' },
    ...{ field: 'First signs', words: 'I count the stairs' },
  },
  {
    ...{ what: 'help that is offered', who: 'amina', path: `${root}/plan/support` },
    ...{ opens: 'Offer something', press: 'Offer this', asksFor: 'What kind of help is it?' },
    ...{ field: 'What you offer', words: 'A talking book group' },
    rest: select('What kind of help is it?', 'community'),
  },
  {
    ...{ what: 'what the person says about help', who: 'grace', path: '/my/support' },
    ...{ opens: /^Say how it goes/, press: 'Save', asksFor: 'It helped me' },
    ...{ field: 'Why? You can leave this empty.', words: 'We sang on the bus' },
    rest: choose('I stopped going'),
  },
  {
    ...{ what: 'a comment', who: 'amina', path: `${root}/plan/goals/goal-g1`, opens: 'Comment' },
    ...{ press: 'Post comment', asksFor: 'Your comment', field: 'Your comment' },
    words: 'The path is dry in summer',
  },
  {
    ...{ what: 'a request to another practice', who: 'amina', path: `${root}/hand-over` },
    ...{
      press: 'Continue',
      asksFor: 'Which practice?',
      field: 'Why?',
      words: 'She moves to her son',
    },
    rest: select('Which practice?', 'Organization/elsewhere-clinic'),
    yes: 'Yes, ask them',
  },
  {
    ...{ what: 'the person’s own words', who: 'grace', path: '/my/me', press: 'Save my words' },
    opens: 'Write this : Something else about me',
    ...{ field: 'Something else about me', words: 'Ask me before you lift' },
  },
  {
    ...{
      what: 'the person’s own goal',
      who: 'grace',
      path: '/my/conversation',
      press: 'Save my words',
    },
    ...{ opens: 'Add something I want to do', asksFor: 'What I want to do' },
    ...{ field: 'What I want to do', words: 'I want to plant beans' },
  },
  {
    ...{ what: 'the person’s own comment', who: 'grace', path: '/my/conversation', press: 'Send' },
    ...{ opens: /^Say something about this: I want to sleep/, asksFor: 'What I want to say' },
    ...{ field: 'What I want to say', words: 'It was six today' },
  },
  {
    ...{
      what: 'the person’s own reading',
      who: 'grace',
      path: '/my/readings',
      press: 'Save the reading',
    },
    ...{ asksFor: 'Weight (kg)', field: 'Weight (kg)', words: '60.75' },
  },
  {
    ...{
      what: 'the person’s own number',
      who: 'grace',
      path: '/my/contacts',
      opens: 'Add a number',
    },
    ...{ press: 'Save', asksFor: 'Phone number', field: 'Phone number', words: '01632 960555' },
  },
]

describe('A form', () => {
  test.each(cases)(
    'of $path saves $what, points at what is missing, and loses nothing',
    async (each) => {
      await app.open(each.path, each.who)
      if (each.opens) await press(each.opens)
      await sendForm(app, each)
    },
  )
})

describe('A page', () => {
  test('takes a person on from the list of people', async () => {
    await app.open('/find?unscored=yes', 'amina')
    await press('Take on Ann Hill')
    await app.open('/caseload')
    expect(screen.getByRole('link', { name: 'HILL, Ann' })).toBeTruthy()
    await app.user.selectOptions(screen.getByLabelText('Show'), 'paused')
    expect(screen.getByText('Nobody at the moment')).toBeTruthy()
  })

  test('records today’s score', async () => {
    const before = await recorded(app, 'RiskAssessment')
    await app.open(`${root}/score`, 'amina')
    await press('Record today’s score')
    expect(before).toEqual([])
    expect(await recorded(app, 'RiskAssessment')).toEqual(['RiskAssessment'])
  })

  test('asks for missing answers of an assessment, and then shows its result', async () => {
    await app.open(`${root}/assessments/phq-9`, 'amina')
    await press('Finish and see the result')
    const problems = screen.getByRole('alert')
    expect(document.activeElement).toBe(problems)
    for (const question of screen.getAllByRole('group')) {
      const answer = within(question).queryByRole('radio', {
        name: /^(Several days|Somewhat difficult)$/,
      })
      if (answer) await app.user.click(answer)
    }
    app.failCalls(500)
    await press('Finish and see the result')
    expect(screen.getByText('This was not saved')).toBeTruthy()
    app.restoreCalls()
    await press('Finish and see the result')
    expect(screen.getByRole('main').textContent).toContain('9 of 27')
  })

  test('asks why a full copy is made', async () => {
    await app.open(`${root}/sharing`, 'amina')
    await press('Make the full copy')
    expect(document.activeElement).toBe(screen.getByLabelText('Why a full copy is made'))
  })

  test('asks for the backup that is to be restored', async () => {
    await app.open('/backup', 'admin')
    await press('Restore')
    expect(document.activeElement).toBe(screen.getByLabelText('A backup of Gable (.tar)'))
    expect(screen.getByText('Choose the backup first')).toBeTruthy()
  })

  test('lets Grace say that a promise was kept, and what Chidi sees', async () => {
    await app.open('/my', 'grace')
    await press('Yes: Fit the second stair rail')
    expect(screen.getByRole('main').textContent).toContain('You said: this happened')
    await app.open('/my/who-looked')
    await press('Change what Chidi Okafor sees')
    const [first] = screen.getAllByRole('checkbox')
    if (first) await app.user.click(first)
    await app.user.clear(screen.getByLabelText('Day'))
    await press('Save')
    expect(document.activeElement).toBe(screen.getByLabelText('Day'))
    expect(screen.getByText(/^This is not a real date/)).toBeTruthy()
    await app.user.type(screen.getByLabelText('Day'), '1')
    await press('Save')
    expect(screen.getByText('Saved. Chidi Okafor can see what you chose.')).toBeTruthy()
  })

  test('opens a record by break-glass for a user without access', async () => {
    await app.open('/emergency', 'stranger')
    await sendForm(app, {
      ...{
        press: 'Open the record',
        asksFor: 'NHS number',
        field: 'What happened, in a few words',
      },
      words: 'Found on the pavement',
      rest: async ({ user }) => {
        await user.type(screen.getByLabelText('NHS number'), '999 100 1018')
        await user.type(screen.getByLabelText('Day'), '4')
        await user.type(screen.getByLabelText('Month'), '1')
        await user.type(screen.getByLabelText('Year'), '1934')
        await user.click(screen.getByRole('radio', { name: 'A medical emergency' }))
      },
    })
    expect(screen.getByRole('main').textContent).toContain('What to know first')
  })

  test('imports a list of people and names the row that it cannot read', async () => {
    await app.open('/import', 'admin')
    const list = 'Family name,Given name\nQuartermain,Ada\n,\n'
    const file = new File([list], 'people.csv', { type: 'text/csv' })
    await app.user.upload(screen.getByLabelText('Choose files, or drop them here'), file)
    await app.settled()
    await screen.findByText(/1 file was read/, {}, { timeout: 10_000 })
    expect(await recorded(app, 'Quartermain')).toContain('Patient')
  })

  test('joins two records of one person', async () => {
    await app.open('/duplicates', 'admin')
    await press(/^Join into the record in use/)
    await press('Join them')
    expect(screen.getByText('No duplicates')).toBeTruthy()
  })

  test('dismisses a hospital message with a reason', async () => {
    const body = adtMessage({ nhs: '9990000026', name: 'NOBODY^Here', visit: 'V9' })
    await (await app.server.as('admin'))('/hl7', { method: 'POST', body })
    await app.open('/hospital-messages', 'admin')
    await press('Dismiss')
    await press('Dismiss it')
    expect(document.activeElement).toBe(screen.getByLabelText('Why?'))
    await app.user.paste('Sent to us by mistake')
    app.failCalls(500)
    await press('Dismiss it')
    expect(screen.getByText('Not dismissed yet')).toBeTruthy()
    app.restoreCalls()
    await press('Dismiss it')
    expect(screen.getByText('No messages on hold')).toBeTruthy()
  })

  test('checks the audit log', async () => {
    await app.open('/backup', 'admin')
    await press('Check the audit log')
    await screen.findByText(/The audit log is complete/, {}, { timeout: 10_000 })
  })

  test('signs a user in, and shows when that fails', async () => {
    await app.open('/sign-in', '')
    app.failCalls(500)
    await press(/Amina Yusuf/)
    expect(screen.getByRole('alert').textContent).toContain('You could not be signed in')
    app.restoreCalls()
    await press(/Amina Yusuf/)
    expect(document.activeElement?.textContent).toMatch(/^Good .+, Amina$/)
  })
})

test('before “I am ill today” is sent, nothing on the list looks done, and it ends without a word', async () => {
  await app.open('/my', 'chidi')
  const card = () => screen.getByRole('region', { name: 'Chidi Okafor' })
  expect(card().textContent).toContain('Amina Yusuf will be told, and calls back')
  expect(card().textContent).toContain('Karen Lee will be told')
  expect(card().textContent).toContain('Ngozi Eze will be asked')
  expect(card().querySelector('.gable-mark--agreed')).toBe(null)
  await press('I am ill today')
  await press('Send')
  await app.open(`${root}/plan`, 'amina')
  expect(screen.getByText('Chidi Okafor is ill today.')).toBeDefined()
  await app.open(`${root}/emergency`, 'amina')
  expect(screen.getByText('Chidi Okafor is ill today')).toBeDefined()
  expect(screen.getByText(/: Call Grace and come by/).textContent).toMatch(/^Ngozi Eze, 01632/)
  await app.open('/my', 'chidi')
  await press('I am better again')
  await press('Save')
  expect(within(card()).getByRole('button', { name: 'I am ill today' })).toBeDefined()
})

test('who steps in when the carer is ill stands once on the roof page', async () => {
  await app.open(`${root}/plan/roof`, 'amina')
  expect(screen.getAllByText('Check the tablet box for the evening')).toHaveLength(1)
})

test('what was written to get ready and not sent stays within reach when the talk has been held', async () => {
  await app.open('/my/prepare', 'grace')
  const field = screen.getByLabelText('What is going well')
  await app.user.clear(field)
  await app.user.type(field, 'I slept all night')
  const call = await app.server.as('amina')
  const path = '/fhir/CarePlan/plan-case-3f9c27d1'
  const plan = await (await call(path)).json()
  const extension = (plan.extension ?? []).filter(
    ({ url }: { url: string }) => !url.endsWith('/review-on'),
  )
  const headers = { 'If-Match': `W/"${plan.meta.versionId}"` }
  const answer = await call(path, { method: 'PUT', headers, json: { ...plan, extension } })
  expect(answer.status).toBe(200)
  await app.open('/my', 'grace')
  expect(screen.getByText('You had written something and did not send it.')).toBeDefined()
  await app.user.click(screen.getByRole('link', { name: 'See it' }))
  await app.settled()
  expect(screen.getByText('I slept all night')).toBeDefined()
})

test('the page of one user asks for nothing in the name of the next', async () => {
  const answer = globalThis.fetch
  const refused: number[] = []
  globalThis.fetch = async (...called) => {
    const answered = await answer(...called)
    if (answered.status >= 400) refused.push(answered.status)
    return answered
  }
  onTestFinished(() => {
    globalThis.fetch = answer
  })
  for (const path of ['/my', '/my/who-looked', '/my/record', '/my/prepare', '/my/readings']) {
    await app.open(path, 'grace')
    await app.open('/today', 'amina')
    await app.open(path, 'grace')
    await app.open('/sign-in', '')
  }
  for (const path of [`${root}/plan`, `${root}/story`, '/caseload']) {
    await app.open(path, 'amina')
    await app.open('/my', 'grace')
    await app.open(path, 'amina')
    await app.open('/sign-in', '')
  }
  expect(refused).toEqual([])
})
