import { riskClassNames, systemStatusNames } from "../register/terms.ts";
import { factWords } from "../risk/facts.ts";
import { outcomeNames } from "../risk/outcome.ts";
import { assumedDataCondition } from "../risk/verdict.ts";
import type { AnswerWords } from "./answer-words.ts";
import { noticeWords } from "./notice-words.ts";
import { englishPage } from "./page-words-en.ts";

export const english: AnswerWords = {
  locale: "en-GB",
  outcomes: outcomeNames,
  riskClasses: riskClassNames,
  results: { prohibit: "Prohibited", refuse: "Refused", review: "Review first", inform: "Duty" },
  systemStatuses: systemStatusNames,
  caseStates: {
    open: "open",
    information_requested: "waiting for information",
    decided: "decided",
    approve_with_conditions: "approved with conditions",
    reject: "rejected",
  },
  facts: factWords,
  namesInText: "lower",
  or: "or",
  theTool: "The tool",
  leads: {
    cleared: "Yes. {tool} is approved for this use, this data and your group.",
    clearedWithConditions:
      "Yes, if you keep the conditions below. {tool} is approved for this use, this data and your group.",
    clearedWithTools: "Yes, with {tools}.",
    clearedWithToolsAndConditions: "Yes, with {tools}, if you keep the conditions below.",
    clearedRules: "This is what the policies say.",
    prohibited:
      "No. This is a prohibited practice: it is not started, tested, bought or built here, and nobody can approve it.",
    notAsItStands: "No, not as it stands. Do the task without AI until something below has changed.",
    noException: "No, and no exception can be granted. Do the task without it.",
    flagged: "Not yet. A reviewer has to decide first. Do not begin, not even as a trial.",
    flaggedAutomatically:
      "Not yet. A reviewer has to decide first, and policy has opened a case for that. Do not begin, not even as a trial.",
    askedBack: "That depends on what is not known yet. Answer below, then the rules can decide.",
    askedBackFlagged:
      "Do not begin yet: this may be a prohibited or a high-risk use, and that has to be settled first. Answer below, then the rules can decide.",
    notCovered:
      "The policies do not settle this. Ask the person named below, and do the task without AI until you have an answer.",
    notCoveredRules: "The policies and the register do not answer this. Ask the person named below.",
  },
  assumedData: assumedDataCondition,
  askBack: {
    prompts: {
      system: "Which tool do you want to use?",
      purposes: "What do you want to use it for?",
      dataClasses: "What kind of data would go into the tool?",
      affected: "Whom does the result concern?",
      oversight: "Who has the last word on the result?",
      effect: "What follows from the result?",
    },
    anotherTool: "A tool that is not in this list",
    somethingElse: "Something else",
    retired: "{tool} (retired)",
    notSure: "Not sure",
    several: "Choose all that fit.",
    more: "{count} more",
  },
  alternatives: {
    leaveOut: "Leave out: {data}.",
    otherTool: "Use {tool} instead.",
    humanCheck: "Let a person check each output before it is used.",
  },
  headings: {
    conditions: "Conditions",
    change: "What would change it",
    why: "Why",
    quotes: "What the policies say",
    decide: "To decide it, please say",
    sayMore: "Say more about it",
    correct: "Something misunderstood? Put it right",
    understood: "What was understood",
    register: "In the register",
    precedents: "Decided before on the same facts",
    contact: "Rather ask a person?",
  },
  card: {
    approvalUntil: "The approval counts until {day}.",
    askReviewer: "Ask a reviewer",
    consent:
      "Opens a case. By pressing it you agree that the reviewers see your question, your name and what was understood.",
    caseNumber: "Case {number}",
    caseByPolicy: "{case}, opened by policy: {state}.",
    caseByAsker: "{case}: {state}.",
    answerBy: "A reviewer answers by {day}.",
    precedent: "Case {number}: {state}, {day}",
  },
  why: {
    byLawFrom: "By law from {day}: {rule}",
    derogation: "A reviewer decides whether that is so.",
    ownRule: "Our own rule, since {day}.",
    early: "{source}. Our policy applies it already; by law it applies from {day} (checked {checked}).",
    since: "{source}. Applies since {day} (checked {checked}).",
    law: {
      "Regulation (EU)": "Regulation (EU)",
      Annex: "Annex",
      point: "point",
      and: "and",
      to: "to",
      "as amended by": "as amended by",
    },
  },
  version: "version {version}",
  sources: {
    asker: {
      chosen: "your choice",
      stated: "your words",
      inferred: "read from your words",
      model: "read by the model",
      assumed: "taken for granted for this purpose",
      unsure: "You are not sure",
    },
    colleague: {
      chosen: "the asker’s choice",
      stated: "the asker’s words",
      inferred: "read from the asker’s words",
      model: "read by the model",
      assumed: "taken for granted for this purpose",
      unsure: "The asker is not sure",
    },
  },
  notKnown: "Not known",
  turns: {
    notSure: "Not sure",
    judgedAgain: "Judged again",
    useChecked: "Use checked: {choices}",
    nothingChosen: "nothing chosen yet",
  },
  buttons: {
    answer: "Answer",
    judgeAgain: "Judge again",
    busy: "Looking it up…",
    stop: "Stop",
    again: "Try again",
  },
  wording: {
    source: "Worded by {model}. The verdict comes from the rules.",
    waiting: "{model} is putting it into words …",
    stoppedEarly: "Stopped before anything was worded. The answer is complete without it.",
    stopped: "Stopped: the wording is incomplete. The answer is complete without it.",
    failed: "The language model could not be used for this answer. The answer is complete without it.",
    unread: "The question was read by the rules alone; the answer is complete without it.",
  },
  copy: {
    question: "Question: {text}",
    answer: "Answer: {outcome}. {lead}",
    quote: "{policy}, {number} {heading} (version {version}):",
    judged: "Judged on {day}, for the person who asked. Clause7: {address}",
  },
  reply: {
    findOut: "Find this out and ask again with it:",
    policies: "The policies in force say:",
    masked: "Taken out of the question before it was read: {values}.",
    address: "To ask a person or keep the answer: {address}",
  },
  notice: noticeWords.en,
  page: englishPage,
};
