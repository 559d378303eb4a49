#include "adapters/http/response_writer.hpp"

#include "tests/support/catch.hpp"

namespace parley {
namespace {

std::string written(http_response const& reply, reply_form form) {
  std::string out = "left over";
  write_response(reply, form, out);
  return out;
}

TEST_CASE("a header's value cannot end its line") {
  reply_form form;
  form.keep_alive = true;
  http_response reply(200, "x", "");
  reply.headers.emplace_back("Location", std::string("/a\r\nSet-Cookie: b\0\tc", 20));
  CHECK(written(reply, form) ==
        "HTTP/1.1 200 OK\r\nLocation: /a  Set-Cookie: b \tc\r\nContent-Length: 1\r\n\r\nx");
}

TEST_CASE("a reply to HEAD tells the length and has no body") {
  reply_form form;
  form.to_head = form.keep_alive = true;
  http_response reply(200, "abc", "");
  CHECK(written(reply, form) == "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n");
  reply.pieces = {http_piece("d")};
  CHECK(written(reply, form) == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
}

TEST_CASE("a streamed reply is chunked, save for HTTP/1.0") {
  http_response reply(200, "abc", "");
  reply.pieces = {http_piece("defghijklmnopqrst")};
  reply_form form;
  form.keep_alive = true;
  std::string out = written(reply, form);
  append_piece(reply.pieces[0], form, out);
  out += end_of_pieces(form);
  CHECK(out ==
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n11\r\ndefghijklmnopqrst\r\n0\r\n\r\n");
  form.to_http_1_0 = true;
  form.keep_alive = false;
  out = written(reply, form);
  append_piece(reply.pieces[0], form, out);
  out += end_of_pieces(form);
  CHECK(out == "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcdefghijklmnopqrst");
}

TEST_CASE("a refused request is answered with the reason, as the registry words errors") {
  CHECK(written(answer_to_refused({414, "the request line is too long"}), reply_form()) ==
        "HTTP/1.1 414 URI Too Long\r\nContent-Type: application/json\r\nConnection: close\r\n"
        "Content-Length: 41\r\n\r\n{\"detail\":\"the request line is too long\"}");
}

}  // namespace
}  // namespace parley
