#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

template class nlohmann::basic_json<>;
template class nlohmann::detail::serializer<nlohmann::json>;
template class nlohmann::detail::iter_impl<nlohmann::json const>;
template class nlohmann::detail::json_sax_dom_parser<nlohmann::json>;
template class std::basic_string<char>;
template class std::optional<std::string>;
template class std::vector<std::string>;
template class std::vector<nlohmann::json>;
template class std::map<std::string, std::string>;
