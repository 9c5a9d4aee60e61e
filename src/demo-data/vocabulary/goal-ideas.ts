/**
 * Fictional conversations: what matters, the need behind it, the goal in the person's words, a step to come and one
 * done.
 */
export type GoalIdea = Readonly<{
  matters: string
  need: string
  goal: string
  step: string
  done: string
}>

export const goalIdeas: readonly GoalIdea[] = [
  {
    matters: 'My garden, and my cat Biscuit.',
    need: 'Breathless on the stairs',
    goal: 'I want to get to the end of my garden and back without stopping.',
    step: 'Ask the breathing class for a place',
    done: 'Walk to the gate each morning',
  },
  {
    matters: 'Seeing my grandchildren on Saturdays.',
    need: 'Tablets make me sleepy',
    goal: 'I want to stay awake when the children are here.',
    step: 'Look through the tablets together',
    done: 'Write down when I feel sleepy',
  },
  {
    matters: 'Not being a burden to my daughter.',
    need: 'Daughter is worn out',
    goal: 'I want my daughter to have one whole day to herself each week.',
    step: 'Arrange a sitter on Wednesdays',
    done: 'Tell my daughter what I can do alone',
  },
  {
    matters: 'Cooking for myself.',
    need: 'Weak hands and a heavy kettle',
    goal: 'I want to make my own tea again.',
    step: 'Visit about kitchen aids',
    done: 'Try the lighter kettle',
  },
  {
    matters: 'My faith and Friday prayers.',
    need: 'No way to get there',
    goal: 'I want to be at Friday prayers twice a month.',
    step: 'Book the community bus',
    done: 'Ask my neighbour about lifts',
  },
  {
    matters: 'Keeping my own front door.',
    need: 'Two falls this year',
    goal: 'I want to live here and not be afraid of falling.',
    step: 'Fit a rail at the back step',
    done: 'Wear shoes with a firm heel',
  },
  {
    matters: 'My choir.',
    need: 'Low mood since the winter',
    goal: 'I want to sing with the choir again by Easter.',
    step: 'Ring about the talking group',
    done: 'Sing for ten minutes a day',
  },
  {
    matters: 'Sleeping through.',
    need: 'Pain at night',
    goal: 'I want to sleep until five at least.',
    step: 'Talk over the pain tablets with the pharmacist',
    done: 'Keep a sleep diary for a week',
  },
  {
    matters: 'Football with my son on the television.',
    need: 'Swollen legs',
    goal: 'I want to know what my weight means before it gets bad.',
    step: 'Show how to use the scales at home',
    done: 'Weigh myself every morning',
  },
  {
    matters: 'Being told straight.',
    need: 'Too many appointments',
    goal: 'I want one person to ring who knows me.',
    step: 'Put all appointments on one page',
    done: 'Bring the letters to the next visit',
  },
  {
    matters: 'My dog needs his walks.',
    need: 'Sore foot that will not heal',
    goal: 'I want to walk the dog to the park.',
    step: 'Foot clinic within two weeks',
    done: 'Check my feet every evening',
  },
  {
    matters: 'Reading to my great-granddaughter.',
    need: 'Eyes are getting worse',
    goal: 'I want to read her a whole story.',
    step: 'Ask about the low-vision clinic',
    done: 'Borrow large-print books',
  },
]
