#pragma once
// Sentences of German administrative prose, and their words.
#include <string>
#include <string_view>
#include <vector>

namespace plan::importing {

// The sentences of one paragraph, in order, each cut out of it unchanged. Abbreviations, ordinals, dates and numbers of clauses end none;
// a missing full stop before an article in capitals does ("… des Konzepts 2018 Der Beirat legt …").
std::vector<std::string> sentences_of(std::string_view paragraph);

struct Word {
    std::string text;
    std::string low;                 // in small letters, without the marks around it
    std::size_t begin = 0, end = 0;  // in the sentence, marks excluded
    bool capital = false;
    bool main = true;    // belongs to the main clause: not quoted, in brackets, or in a subordinate clause
    bool comma = false;  // a comma follows
};
// "die/der Integrationsbeauftragte/n" is two words: a slash joins.
std::vector<Word> words_of(std::string_view sentence);

// Marks what stands in quotes, in brackets and in subordinate clauses.
void mark_main_clause(std::vector<Word>&, std::string_view sentence);

}  // namespace plan::importing
