#include "runner/inputs/language_name.hpp"

#include <array>
#include <utility>

namespace parley {
namespace {

using named_language = std::pair<std::string_view, std::string_view>;

constexpr auto names = std::to_array<named_language>({
    {"afr", "Afrikaans"},  {"amh", "Amharic"},   {"ara", "Arabic"},     {"arb", "Arabic"},
    {"ben", "Bengali"},    {"bul", "Bulgarian"}, {"cat", "Catalan"},    {"ces", "Czech"},
    {"cmn", "Chinese"},    {"dan", "Danish"},    {"deu", "German"},     {"ell", "Greek"},
    {"eng", "English"},    {"est", "Estonian"},  {"fas", "Persian"},    {"fin", "Finnish"},
    {"fra", "French"},     {"guj", "Gujarati"},  {"heb", "Hebrew"},     {"hin", "Hindi"},
    {"hrv", "Croatian"},   {"hun", "Hungarian"}, {"hye", "Armenian"},   {"ind", "Indonesian"},
    {"ita", "Italian"},    {"jpn", "Japanese"},  {"kan", "Kannada"},    {"kat", "Georgian"},
    {"kaz", "Kazakh"},     {"khm", "Khmer"},     {"kor", "Korean"},     {"lav", "Latvian"},
    {"lit", "Lithuanian"}, {"mal", "Malayalam"}, {"mar", "Marathi"},    {"msa", "Malay"},
    {"mya", "Burmese"},    {"nld", "Dutch"},     {"nob", "Norwegian"},  {"nor", "Norwegian"},
    {"pan", "Punjabi"},    {"pes", "Persian"},   {"pol", "Polish"},     {"por", "Portuguese"},
    {"ron", "Romanian"},   {"rus", "Russian"},   {"slk", "Slovak"},     {"slv", "Slovene"},
    {"spa", "Spanish"},    {"srp", "Serbian"},   {"swa", "Swahili"},    {"swe", "Swedish"},
    {"tam", "Tamil"},      {"tel", "Telugu"},    {"tha", "Thai"},       {"tur", "Turkish"},
    {"ukr", "Ukrainian"},  {"urd", "Urdu"},      {"vie", "Vietnamese"}, {"yue", "Cantonese"},
    {"zho", "Chinese"},
});

}  // namespace

std::string_view language_name(std::string_view three_letters) {
  for (auto const& [code, name] : names)
    if (code == three_letters) return name;
  return {};
}

bool names_other_language(std::string_view text, std::string_view own) {
  std::string_view const own_name = language_name(own);
  for (auto const& [code, name] : names) {
    if (name == own_name) continue;
    if (text.find(name) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace parley
