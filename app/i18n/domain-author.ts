import { msg } from "./translate.ts";

// Texts of the domain that the pages for authors show, as the domain has them.

/** Where a draft stands. */
export const draftStatusTexts = [
  msg("Being written"),
  msg("Waits for a second person"),
  msg("Published"),
  msg("Withdrawn"),
];

/** What a change of a draft is refused with. */
export const draftRefusalTexts = [
  msg("Somebody has changed this draft in the meantime. Look at what it says now, then try again."),
  msg("This draft is not being written any more: it was submitted, published or withdrawn."),
  msg("This draft does not wait for a decision any more."),
  msg("You wrote or submitted this draft. Somebody else must read and publish it."),
  msg("The draft has a fault. Mend it first."),
  msg("The draft says the same as the published version."),
  msg("Give a version number that is higher than every published one."),
  msg("Another version was published since this draft was begun. Its authors must take that in first."),
  msg("There is a draft of this module already."),
  msg("There is a module of this name already. Choose another one."),
  msg("The first version of a module is 1.0.0."),
  msg("The text of this version was not kept. Start the product once with the content folder it came from."),
  msg("This part is not there any more. Your text is kept here: copy it before you leave the page."),
  msg("Nothing is left of this part. Delete it on the draft’s page if that is meant."),
  msg(
    "This would be another number of parts than one. Write one lesson with one heading `# Title`, or one item, and close every fence (```). Your text is kept here until then.",
  ),
];

/** Types of items. */
export const itemTypeTexts = [
  msg("Single choice"),
  msg("Multiple response"),
  msg("True or false"),
  msg("Ordering"),
  msg("Matching"),
  msg("Scenario"),
  msg("Short answer"),
  msg("Passages to mark"),
  msg("Branching scenario"),
];

/** What an item asks for, and the risk it is about. */
export const itemTagTexts = [
  msg("remember"),
  msg("understand"),
  msg("apply"),
  msg("analyse"),
  msg("evaluate"),
  msg("Discrimination and toxicity"),
  msg("Privacy and security"),
  msg("Misinformation"),
  msg("Malicious actors"),
  msg("Human-computer interaction"),
  msg("Socioeconomic and environmental harms"),
  msg("AI system safety, failures and limitations"),
];

/** What stands before the first lesson or item of a file. */
export const headTexts = [msg("About the module"), msg("Before the items")];
