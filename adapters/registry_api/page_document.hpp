// The page for people at `/`: files of adapters/registry_api/page and some of reports/page, put together by
// reports/page/embed.cmake when the program is built.
#pragma once

#include <string_view>

namespace parley {

// The digests, "sha256-..." in base64, are what the page's content security policy allows to run.
struct page_document {
  std::string_view html;
  std::string_view style_digest;
  std::string_view script_digest;
};

page_document registry_page();

}  // namespace parley
