#include "runner/conversation/stop_words.hpp"

#include "runner/evaluation/white_space.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace parley {
namespace {

struct written_list {
  std::string_view language;
  std::string_view words;
};

constexpr std::array<written_list, 11> written{{
    {"eng",
     "two three days weeks nobody nothing waiting the a and is are you i my me to of for it that this these "
     "those with have has had not but "
     "was were what your please can could would will do does did dont didnt doesnt on from want "
     "need im ive id ill its hasnt havent wasnt isnt cant wont couldnt wouldnt they them their "
     "there he she we our us an at be been being just when where why how who which if in or so "
     "than then some any all no yes by as about after before because still already again yet only "
     "very much more now thank thanks sorry hello until since into out up back get got know like "
     "should while also here"},
    {"spa",
     "dos tres días semanas nadie llevo lleva esperando ninguna ninguno a el la los las lo le les un una "
     "unos unas de del al que y o e es son era fue ser está esta "
     "están estoy estaba estar este esto estos estas ese esa eso por para con sin sobre mi mis me "
     "su sus tu tus te se yo él usted ustedes nos nosotros no sí si pero porque como cómo cuando "
     "cuándo donde dónde qué quién cual cuál más mas muy ya aún todavía también tambien nada algo "
     "todo toda todos ha he han hay había hace hacer tengo tiene tienen necesito quiero quisiera "
     "puedo puede podría gracias hola favor desde hasta hoy ahora ni entonces mucho muchas da"},
    {"fra",
     "deux trois jours semaines personne fois le la les l un une des du de d au aux et ou où est sont était "
     "été être suis ai as a avez ont "
     "avait avons avoir que qui quoi quand comment pourquoi pour par avec sans sur sous dans en "
     "chez je j tu il elle on nous vous ils elles me m te se ce c cet cette ces ça cela mon ma mes "
     "ton votre vos notre nos leur son sa ses ne n pas plus moins très trop bien mais donc car si "
     "oui non jai jen cest nest quil quelle dun dune lai navez nai toujours encore déjà aussi tout "
     "toute tous rien merci bonjour voudrais veux peux pouvez puis faire fait y à depuis jusqu "
     "après avant quel comme même"},
    {"deu",
     "zwei drei niemand der die das den dem des ein eine einen einem einer eines und oder aber "
     "ist sind war waren "
     "sein wird wurde werden worden ich mich mir du sie er es ihr ihm ihn ihnen wir uns nicht kein "
     "keine keinen mit ohne für fur von vom zu zum zur auf an am im in aus bei bis nach seit vor "
     "über unter um dass daß wenn weil ob als wie was wer wo wann warum mein meine meinen meinem "
     "meiner ihre ihren ihrem ihrer habe hab hat haben hatte hatten kann können könnte könnten "
     "möchte will muss soll bitte danke hallo ja nein noch schon auch nur sehr mehr immer wieder "
     "jetzt heute hier da dann so sich man doch mal denn etwas nichts alles gerne gern diese "
     "dieser dieses diesen"},
    {"ita",
     "no due tre giorni settimane nessuno nessuna aspetto a il lo la i gli le l un uno una di del "
     "dello della dei degli delle da dal dalla al allo alla "
     "ai alle in nel nella nei con su sul sulla per tra fra e ed o ma che chi cosa come quando "
     "dove perché perche quanto quale è sono sei siamo era stato stata essere ho hai ha abbiamo "
     "avete hanno avevo avere non più piu mio mia miei mie suo sua tuo tua vostro vostra nostro mi "
     "ti si ci vi lui lei noi voi loro io questo questa questi quello quella se anche ancora già "
     "gia molto tutto niente sempre poi ora oggi grazie buongiorno ciao vorrei voglio posso può "
     "puo potete potrebbe fare fatto dopo prima senza sì ne"},
    {"por",
     "dois duas três dias semanas ninguém nenhum nenhuma esperando vezes o a os as um uma uns umas de do da "
     "dos das em no na nos nas num numa por pelo pela para pra "
     "com sem sobre e ou mas que quem qual quando onde como porque é são era foi ser está estão "
     "estou estava estar este esta isto isso esse essa aquele meu minha meus minhas seu sua seus "
     "suas me te se lhe eu ele ela você vocês nós não nao sim já ja ainda também tambem mais muito "
     "muita tudo nada algo até ate desde depois antes agora hoje tenho tem têm tinha há quero "
     "queria preciso posso pode poderia obrigado obrigada olá ao à aos às favor só nem então fazer"},
    {"nld",
     "twee drie dagen weken niemand wacht de het een en of maar is zijn was waren ben bent wordt worden werd "
     "ik je jij u hij zij ze we "
     "wij me mij mijn uw jouw jullie hun ons onze hem haar niet geen met zonder voor van op in aan "
     "bij uit naar om te tot over door dat die dit deze wat wie waar wanneer waarom hoe als dan "
     "toen omdat want heb hebt heeft hebben had hadden kan kunt kunnen kon zou wil wilt willen "
     "graag moet mag zal nog al ook wel er hier daar nu heel erg meer iets niets alles alleen weer "
     "steeds sinds na bedankt dank hallo ja nee alstublieft"},
    {"swe",
     "och är det att en ett jag inte med för min mitt mina men som på har hade vill kan ni du den "
     "de dem hej tack av om i till från var vad när hur varför så nu här där också mycket ska "
     "skulle måste vi oss er han hon sig sin sitt utan efter eller bara än redan fortfarande någon "
     "något inget alla denna detta"},
    {"pol",
     "i jest nie się na to w z mój moja moje że ale czy do mam proszę chcę jak po dzień dobry o za "
     "co od dla mi mnie ja pan pani są był była było być ten ta te tego tej jeszcze już tylko "
     "bardzo kiedy gdzie dlaczego kto który która które bo więc przez przy bez albo lub tak "
     "dziękuję chciałbym chciałabym mogę może"},
    {"tur",
     "ve bir bu için ile değil ben benim çok ama mi var istiyorum lütfen nasıl bana ne da de şu o "
     "biz siz sizin beni kadar daha gibi sonra önce hala henüz neden niye nerede zaman hiç her şey "
     "mı mu yok evet hayır teşekkürler merhaba olarak olan oldu ki ya veya"},
    {"ind",
     "yang dan di ini itu saya tidak untuk dengan ada bisa dari mau ke apa tolong sudah belum kami "
     "kita anda dia mereka pada akan juga atau tapi karena kalau jika sangat lebih masih lagi "
     "bagaimana kapan kenapa mengapa dimana terima kasih halo ya bukan jadi saja oleh dalam nya"},
}};

using table = std::unordered_map<std::string_view, language_set>;

table const& languages_by_word() {
  static table const made = [] {
    table all;
    for (std::size_t i = 0; i < written.size(); ++i)
      for (std::string_view const word : split_words(written[i].words)) all[word] |= language_set{1} << i;
    return all;
  }();
  return made;
}

}  // namespace

language_set languages_with_stop_word(std::string_view word) {
  auto const found = languages_by_word().find(word);
  return found == languages_by_word().end() ? 0 : found->second;
}

std::size_t stop_word_language_count() {
  return written.size();
}

std::optional<std::size_t> stop_word_language(std::string_view language) {
  auto const found = std::find_if(written.begin(), written.end(),
                                  [&](written_list const& list) { return list.language == language; });
  if (found == written.end()) return std::nullopt;
  return static_cast<std::size_t>(found - written.begin());
}

}  // namespace parley
