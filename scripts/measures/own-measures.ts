/** What stands beside our own CQL in the Measure: plain sentences, and where each number comes from. */
export const ownMeasures = [
  {
    name: 'BloodPressureChecked',
    date: '2026-12-01',
    title: 'Blood pressure checked',
    description:
      'Of people with high blood pressure on their record: for how many it was measured in the period.',
    rationale:
      'NICE guideline NG136 (Hypertension in adults) recommends a review each year for adults with hypertension, in which their blood pressure is measured. Run it for a period of 12 months.',
    valueSets: [
      {
        name: 'high-blood-pressure',
        title: 'High blood pressure',
        system: 'http://snomed.info/sct',
        codes: ['38341003', '59621000'],
      },
      {
        name: 'blood-pressure-reading',
        title: 'Blood pressure reading',
        system: 'http://loinc.org',
        codes: ['85354-9', '55284-4'],
      },
    ],
  },
  {
    name: 'ContactedAfterStay',
    date: '2026-12-01',
    title: 'Contacted within 48 hours after hospital',
    description:
      'Of people who came home from hospital in the period: how many were reached, by a call or a visit, within 48 hours after each stay.',
    rationale:
      'A nurse’s call within 48 hours after discharge was evaluated in Solihull (PMC6616175). NICE guideline NG27 recommends a contact after 24 to 72 hours.',
    valueSets: [],
  },
] as const
