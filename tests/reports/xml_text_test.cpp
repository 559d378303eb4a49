#include "reports/xml_text.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/sample_run_record.hpp"

#include <pugixml.hpp>

using namespace parley;

namespace {

std::string const replacement = "\xEF\xBF\xBD";

}  // namespace

TEST_CASE("Terminal sequences are taken out, also when they are cut in half") {
  CHECK(cleaned_for_xml("a\x1b[31mred\x1b[0mb") == "aredb");
  CHECK(cleaned_for_xml("a\x1b]0;title\x07"
                        "b") == "ab");
  CHECK(cleaned_for_xml("a\x1b]8;;http://x\x1b\\b") == "ab");
  CHECK(cleaned_for_xml("a\x1b(Bb\x1b=c") == "abc");
  CHECK(cleaned_for_xml("a\x1b") == "a");
  CHECK(cleaned_for_xml("a\x1b[") == "a");
  CHECK(cleaned_for_xml("a\x1b[3") == "a");
  CHECK(cleaned_for_xml("a\xc2\x9b"
                        "31mb") == "ab");
  CHECK(cleaned_for_xml("a\x1b]0;never ended\nb") == "a\nb");
  // A broken sequence swallows no text behind it.
  CHECK(cleaned_for_xml("a\x1b[3\nb") == "a\nb");
  CHECK(cleaned_for_xml("\x1b\x1b[31mx") == "x");
}

TEST_CASE("What XML forbids becomes a replacement character") {
  CHECK(cleaned_for_xml(std::string("a\0b", 3)) == "a" + replacement + "b");
  CHECK(cleaned_for_xml("\x01\x08\x0b\x0c\x1f\x7f") ==
        replacement + replacement + replacement + replacement + replacement + replacement);
  CHECK(cleaned_for_xml("\xff") == replacement);
  CHECK(cleaned_for_xml("\xed\xa0\x80") == replacement);
  CHECK(cleaned_for_xml("\xEF\xBF\xBE\xEF\xBF\xBF") == replacement + replacement);
  CHECK(cleaned_for_xml("\t\n\r ok \xF0\x9F\x98\x80") == "\t\n\r ok \xF0\x9F\x98\x80");
}

TEST_CASE("An attachment token is broken, also one that a sequence was hiding") {
  CHECK(cleaned_for_xml("[[ATTACHMENT|x]]") == "[ [ATTACHMENT|x]]");
  CHECK(cleaned_for_xml("[[[ATTACHMENT|x]]") == "[[ [ATTACHMENT|x]]");
  CHECK(cleaned_for_xml("[[attachment|x]]") == "[ [attachment|x]]");
  CHECK(cleaned_for_xml("[\x1b[0m[ATTACHMENT|x]]") == "[ [ATTACHMENT|x]]");
  CHECK(cleaned_for_xml("[[ATTACHMENT|a]][[ATTACHMENT|b]]") == "[ [ATTACHMENT|a]][ [ATTACHMENT|b]]");
}

TEST_CASE("Text and attributes arrive as they were sent") {
  std::string const sent = "<a href=\"x\">&amp; ]]>\r\n\tend";
  std::string xml = "<r a=\"";
  append_xml_attribute(xml, sent);
  xml += "\">";
  append_xml_text(xml, sent);
  xml += "</r>";
  pugi::xml_document document;
  REQUIRE(document.load_string(xml.c_str(), pugi::parse_default));
  CHECK(document.child("r").attribute("a").value() == sent);
  CHECK(document.child("r").child_value() == sent);
  CHECK(xml.find('\n') != std::string::npos);
  CHECK(xml.substr(0, xml.find('>')).find('\n') == std::string::npos);
}

TEST_CASE("Every cut of a hostile text is well-formed and holds no live token") {
  auto const hostile = test::hostile_text();
  for (std::size_t length = 0; length <= hostile.size(); ++length) {
    std::string xml = "<r>";
    append_xml_text(xml, hostile.substr(0, length));
    xml += "</r>";
    pugi::xml_document document;
    INFO(length);
    CHECK(document.load_string(xml.c_str()));
    CHECK(xml.find("[[ATTACHMENT") == std::string::npos);
    CHECK(xml.find('\x1b') == std::string::npos);
  }
}
