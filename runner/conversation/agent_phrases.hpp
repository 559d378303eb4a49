// What only the other side of the counter says. Each pattern is for one sentence without quotations.
#pragma once

#include <re2/re2.h>

namespace parley {

RE2 const& offers();                        // of help, at the end of a sentence
RE2 const& foreign_offers();                // the same in other languages
RE2 const& thanks_for_contacting_a_name();  // captures the name
RE2 const& agent_talk();                    // wherever in the sentence it goes on
RE2 const& news_for_the_user();             // "your refund has been processed"
RE2 const& foreign_news();                  // the same in other languages
RE2 const& speaker_label();                 // "Agent: ..."

}  // namespace parley
