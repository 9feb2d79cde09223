import type { Language } from "../content/language.ts";

/** What a notice says of an answer that has changed, change by change. */
export type NoticeWords = {
  outcome: string;
  riskClass: string;
  /** Of an approval: it ends on another day, was withdrawn, has reached its review, or newly fits. */
  untilMoved: string;
  systemNow: string;
  withdrawn: string;
  reviewPassed: string;
  fits: string;
  /** `{rule}` is its title with its anchor. */
  ruleSince: string;
  ruleNew: string;
  ruleEnded: string;
  ruleSoon: string;
  conditionNew: string;
  conditionEnded: string;
  clauseEnded: string;
  clauseNew: string;
  /** The tool where it has no name, inside a sentence. */
  theTool: string;
};

export const noticeWords: Record<Language, NoticeWords> = {
  en: {
    outcome: "Outcome was {before}, is now {after}.",
    riskClass: "Risk class was {before}, is now {after}.",
    untilMoved: "An approval that the answer rests on counts until {day}, no longer until {before}.",
    systemNow: "{tool} is now {status}.",
    withdrawn: "The approval of {tool} was withdrawn.",
    reviewPassed: "The review date of {tool} has passed: its approval counted until {day}.",
    fits: "An approval of {tool} fits this use now and counts until {day}.",
    ruleSince: "A rule applies since {day}: {rule}.",
    ruleNew: "A rule counts now that did not before: {rule}.",
    ruleEnded: "A rule does not count any more: {rule}.",
    ruleSoon: "A rule will apply by law from {day}: {rule}.",
    conditionNew: "New condition: {condition}",
    conditionEnded: "No longer a condition: {condition}",
    clauseEnded: "Clause {number} of {policy} is not in force any more.",
    clauseNew: "Clause {number} of {policy} has a new version ({version}).",
    theTool: "the tool",
  },
  de: {
    outcome: "Das Ergebnis war „{before}“ und ist jetzt „{after}“.",
    riskClass: "Die Risikoklasse war „{before}“ und ist jetzt „{after}“.",
    untilMoved: "Eine Freigabe, auf der die Antwort beruht, gilt bis {day}, nicht mehr bis {before}.",
    systemNow: "{tool} hat jetzt den Status „{status}“.",
    withdrawn: "Die Freigabe für {tool} wurde zurückgezogen.",
    reviewPassed: "Das Überprüfungsdatum für {tool} ist verstrichen: Die Freigabe galt bis {day}.",
    fits: "Eine Freigabe für {tool} passt jetzt auf diese Nutzung und gilt bis {day}.",
    ruleSince: "Eine Regel gilt seit {day}: {rule}.",
    ruleNew: "Eine Regel gilt jetzt, die vorher nicht galt: {rule}.",
    ruleEnded: "Eine Regel gilt nicht mehr: {rule}.",
    ruleSoon: "Eine Regel gilt von Gesetzes wegen ab {day}: {rule}.",
    conditionNew: "Neue Bedingung: {condition}",
    conditionEnded: "Keine Bedingung mehr: {condition}",
    clauseEnded: "Klausel {number} von „{policy}“ ist nicht mehr in Kraft.",
    clauseNew: "Klausel {number} von „{policy}“ hat eine neue Version ({version}).",
    theTool: "das Tool",
  },
  fr: {
    outcome: "Le résultat était « {before} » et est maintenant « {after} ».",
    riskClass: "La classe de risque était « {before} » et est maintenant « {after} ».",
    untilMoved:
      "Une autorisation sur laquelle repose la réponse vaut jusqu’au {day}, et non plus jusqu’au {before}.",
    systemNow: "Statut actuel de {tool} : {status}.",
    withdrawn: "L’autorisation de {tool} a été retirée.",
    reviewPassed: "La date de réexamen de {tool} est passée : son autorisation valait jusqu’au {day}.",
    fits: "Une autorisation de {tool} convient maintenant à cet usage et vaut jusqu’au {day}.",
    ruleSince: "Une règle s’applique depuis le {day} : {rule}.",
    ruleNew: "Une règle vaut maintenant, ce qui n’était pas le cas avant : {rule}.",
    ruleEnded: "Une règle ne vaut plus : {rule}.",
    ruleSoon: "Une règle s’appliquera en vertu de la loi à partir du {day} : {rule}.",
    conditionNew: "Nouvelle condition : {condition}",
    conditionEnded: "N’est plus une condition : {condition}",
    clauseEnded: "La clause {number} de « {policy} » n’est plus en vigueur.",
    clauseNew: "La clause {number} de « {policy} » a une nouvelle version ({version}).",
    theTool: "cet outil",
  },
  es: {
    outcome: "El resultado era «{before}» y ahora es «{after}».",
    riskClass: "La clase de riesgo era «{before}» y ahora es «{after}».",
    untilMoved: "Una aprobación en que se basa la respuesta vale hasta el {day}, ya no hasta el {before}.",
    systemNow: "Estado actual de {tool}: {status}.",
    withdrawn: "Se ha retirado la aprobación de {tool}.",
    reviewPassed: "Ha pasado la fecha de revisión de {tool}: su aprobación valía hasta el {day}.",
    fits: "Una aprobación de {tool} encaja ahora con este uso y vale hasta el {day}.",
    ruleSince: "Una regla se aplica desde el {day}: {rule}.",
    ruleNew: "Ahora vale una regla que antes no valía: {rule}.",
    ruleEnded: "Una regla ya no vale: {rule}.",
    ruleSoon: "Una regla se aplicará por ley desde el {day}: {rule}.",
    conditionNew: "Nueva condición: {condition}",
    conditionEnded: "Ya no es condición: {condition}",
    clauseEnded: "La cláusula {number} de «{policy}» ya no está en vigor.",
    clauseNew: "La cláusula {number} de «{policy}» tiene una nueva versión ({version}).",
    theTool: "la herramienta",
  },
};
