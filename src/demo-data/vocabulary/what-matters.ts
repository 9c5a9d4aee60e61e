import type { Questionnaire, QuestionnaireItem } from '@medplum/fhirtypes'
import { instruments } from '#domain/assessment/instruments.ts'
import { gableCodeSystem } from '#domain/fhir/codes.ts'

const helpControl = {
  url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl',
  valueCodeableConcept: {
    coding: [{ system: 'http://hl7.org/fhir/questionnaire-item-control', code: 'help' }],
  },
}

function question(linkId: string, text: string, help?: string): QuestionnaireItem {
  return {
    linkId,
    type: 'text',
    text,
    ...(help
      ? {
          item: [
            { linkId: `${linkId}-help`, type: 'display', text: help, extension: [helpControl] },
          ],
        }
      : {}),
  }
}

const helpers = [
  { code: 'family', display: 'Family' },
  { code: 'friends', display: 'Friends or neighbours' },
  { code: 'paid', display: 'Paid carers' },
  { code: 'group', display: 'A group, club or place of worship' },
  { code: 'nobody', display: 'Nobody just now' },
]

const helper = (code: string) => {
  const found = helpers.find((each) => each.code === code)
  return { system: gableCodeSystem, code, display: found?.display ?? code }
}

/** Gable’s own conversation: no instrument, no total. The confidence question is ours and has not been validated. */
export const whatMatters: Questionnaire = {
  resourceType: 'Questionnaire',
  ...instruments.whatMatters,
  name: 'WhatMatters',
  title: 'What matters to you',
  status: 'active',
  subjectType: ['Patient'],
  date: '2026-11-22',
  description:
    'A conversation, in the person’s own words. Nothing has to be answered but the first question.',
  copyright: 'Written for Gable. Apache-2.0. Not a validated instrument: it has no score.',
  item: [
    {
      linkId: 'days',
      type: 'group',
      text: 'Your days',
      item: [
        {
          ...question(
            'matters-most',
            'What matters most to you?',
            'Write it as the person says it.',
          ),
          required: true,
        },
        question('good-day', 'What is a good day like?'),
        question('bad-day', 'What is a bad day like?'),
      ],
    },
    {
      linkId: 'worries',
      type: 'group',
      text: 'What is on your mind',
      item: [
        { linkId: 'has-worry', type: 'boolean', text: 'Is there something that worries you?' },
        {
          ...question('worry', 'What worries you?'),
          enableWhen: [{ question: 'has-worry', operator: '=', answerBoolean: true }],
        },
      ],
    },
    {
      linkId: 'hopes',
      type: 'group',
      text: 'What you would like',
      item: [
        question(
          'able-to-do',
          'What would you like to be able to do?',
          'This can become a goal in the plan, in these words.',
        ),
        {
          linkId: 'confidence',
          type: 'integer',
          text: 'How confident do you feel that you can do it, from 0 (not at all) to 10 (completely)?',
          extension: [
            { url: 'http://hl7.org/fhir/StructureDefinition/minValue', valueInteger: 0 },
            { url: 'http://hl7.org/fhir/StructureDefinition/maxValue', valueInteger: 10 },
          ],
          enableWhen: [{ question: 'able-to-do', operator: 'exists', answerBoolean: true }],
          item: [
            {
              linkId: 'confidence-help',
              type: 'display',
              text: 'Our own single question, unvalidated: a way into talking, not a score.',
              extension: [helpControl],
            },
          ],
        },
        {
          ...question('more-confident', 'What would help you to feel more confident?'),
          enableWhen: [{ question: 'confidence', operator: '<=', answerInteger: 6 }],
        },
      ],
    },
    {
      linkId: 'helped',
      type: 'group',
      text: 'Who is there for you',
      item: [
        {
          linkId: 'who-helps',
          type: 'open-choice',
          repeats: true,
          text: 'Who helps you?',
          answerOption: helpers.map(({ code }) => ({ valueCoding: helper(code) })),
        },
        {
          ...question('alone', 'Who would you like to be able to ask?'),
          enableWhen: [{ question: 'who-helps', operator: '=', answerCoding: helper('nobody') }],
        },
        question('anything-else', 'Is there anything else we should know?'),
      ],
    },
  ],
}
