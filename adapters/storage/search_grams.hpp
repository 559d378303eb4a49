// Texts cut into short pieces for an index of substrings. Marks stand at the ends of a text and wherever a
// word can begin or end, so that "whole", "prefix" and "word" are substrings too: the ranks of search_rank.
#pragma once

#include "runner/registry/search_rank.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace parley {

// Folded name and searched text with their marks. Texts hold no U+0000.
std::string marked_texts(std::string_view folded_name, std::string_view folded_text);

// What a marked text contains when the folded query has at least this rank in it.
std::string marked_query(std::string_view folded_query, search_rank rank);

// The distinct pieces of 3, 4 and 5 characters.
std::vector<std::string> grams_of(std::string_view marked);

// Some of the longest pieces of a folded query; all of them are in every text that has it with this rank or a
// better one. The inner ones are the same for every rank. Empty: it is too short.
std::vector<std::string> query_grams(std::string_view folded_query, search_rank rank);

}  // namespace parley
