#include "runner/conversation/stop_words.hpp"

#include "runner/evaluation/white_space.hpp"

#include <algorithm>
#include <array>

namespace parley {
namespace {

struct written_list {
  std::string_view language;
  std::string_view words;
};

constexpr std::array<written_list, 11> written{{
    {"eng",
     "the and is are you i my to of for it that this with have not but was what your please can would on do "
     "from will want im ive dont they an at be there just could when if didnt hasnt its"},
    {"spa",
     "el la los las que de y es un una por para con mi su no está pero como lo necesito quiero gracias puedo "
     "hola del al cuando tengo ya muy usted"},
    {"fra",
     "le la les des que de et est un une pour avec mon ma je vous pas dans mais ce nous sur au qui du jai "
     "cest "
     "bonjour merci voudrais votre ne à"},
    {"deu",
     "der die das und ist ein eine ich sie nicht mit für auf mein meine wir habe aber es den dem zu bitte "
     "kann "
     "möchte ihre von im auch noch wie"},
    {"ita",
     "il lo la che di e è un una per con mio mia non ho ma sono si del della grazie vorrei posso questo "
     "anche "
     "ed le gli mi"},
    {"por",
     "o os as que de e é um uma para com meu minha não mas está do da em eu você obrigado obrigada quero "
     "preciso por se já"},
    {"nld",
     "de het een en is ik niet van mijn met voor maar dat je u op te wil heb graag zijn deze om er ook"},
    {"swe", "och är det att en ett jag inte med för min men som på har vill kan ni du den hej tack av"},
    {"pol", "i jest nie się na to w z mój że ale czy do mam proszę chcę jak po moje dzień dobry o za"},
    {"tur", "ve bir bu için ile değil ben benim çok ama mi var istiyorum lütfen nasıl bana ne da de"},
    {"ind", "yang dan di ini itu saya tidak untuk dengan ada bisa dari mau ke apa tolong sudah belum"},
}};

std::vector<stop_word_list> const& lists() {
  static std::vector<stop_word_list> const all = [] {
    std::vector<stop_word_list> made;
    made.reserve(written.size());
    for (auto const& [language, words] : written) made.push_back({language, split_words(words)});
    return made;
  }();
  return all;
}

}  // namespace

std::span<stop_word_list const> stop_word_lists() {
  return lists();
}

stop_word_list const* stop_words_of(std::string_view language) {
  auto const found = std::find_if(lists().begin(), lists().end(),
                                  [&](stop_word_list const& list) { return list.language == language; });
  return found == lists().end() ? nullptr : &*found;
}

}  // namespace parley
