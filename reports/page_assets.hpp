// Style and script of the HTML page: files of reports/page, put together by page/embed.cmake when the program
// is built. The digests are what the page's content security policy allows to run.
#pragma once

#include <string_view>

namespace parley {

struct page_asset {
  std::string_view text;
  std::string_view digest;  // "sha256-...", base64
};

page_asset page_style();
page_asset page_script();

}  // namespace parley
