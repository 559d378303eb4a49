#include "reports/html_page.hpp"

#include "reports/html_changes.hpp"
#include "reports/html_comparison.hpp"
#include "reports/html_failures.hpp"
#include "reports/html_header.hpp"
#include "reports/html_index.hpp"
#include "reports/html_table.hpp"
#include "reports/html_text.hpp"
#include "reports/html_trials.hpp"
#include "reports/page_assets.hpp"
#include "runner/amount_text.hpp"
#include "runner/run/run_verdict.hpp"

#include <ostream>

namespace parley {
namespace {

// Nothing but the page's own script runs, and files beside the page where there are some (`'self'` means
// nothing to a page on a disk).
std::string security_policy(bool separate, bool trials_beside) {
  std::string const beside = "'self' file:";
  auto const scripts =
      separate ? beside : "'" + std::string(page_script().digest) + "'" + (trials_beside ? " " + beside : "");
  auto const styles = separate ? beside : "'" + std::string(page_style().digest) + "'";
  return "default-src 'none'; script-src " + scripts + "; style-src " + styles +
         "; img-src data:; base-uri 'none'; form-action 'none'";
}

class page_writer {
 public:
  page_writer(run_record const& run, report_options const& options, std::ostream& out)
      : run_(run),
        options_(options),
        out_(out),
        cells_(cells_in_page_order(run)),
        trials_(collect_html_trials(run, cells_, options)),
        separate_(options.separate_assets && options.beside != nullptr) {}

  void write() {
    write_head();
    out_ << "<body>\n<a class=\"skip\" href=\"#list\">Skip to the unit tests</a>\n"
         << html_header(run_, options_) << "<main>\n"
         << html_notices(run_) << beside_notice() << html_comparison(run_, cells_) << html_changed_since(run_)
         << "<section id=\"list\" aria-labelledby=\"list-title\">\n"
         << "<h2 id=\"list-title\">Unit tests</h2>\n<div id=\"filter\"></div>\n";
    write_html_table(run_, cells_, out_);
    out_ << "</section>\n";
    write_html_failures(run_, cells_, out_);
    out_ << "<section id=\"cell\" hidden></section>\n</main>\n"
         << "<footer>" << html_text(origin_text()) << "</footer>\n"
         << "<script type=\"application/json\" id=\"parley-index\">" << html_index(run_, cells_, options_)
         << "</script>\n";
    write_script();
    out_ << trials_.elements << "</body>\n</html>\n";
  }

 private:
  void write_head() {
    auto const code = options_.exit_code.value_or(judge_run(run_).exit_code);
    out_ << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\""
         << security_policy(separate_, trials_.moved > 0)
         << "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"color-scheme\" content=\"light dark\">\n<title>"
         << headline(code) << ": " << html_text(verdict_sentence(run_)) << " - "
         << html_text(run_.facts.id.value) << "</title>\n<link rel=\"icon\" href=\"data:,\">\n";
    if (separate_) {
      *options_.beside->open("page.css") << page_style().text;
      out_ << "<link rel=\"stylesheet\" href=\"" << folder_address(options_.beside->name())
           << "/page.css\">\n";
    } else {
      out_ << "<style>" << page_style().text << "</style>\n";
    }
    out_ << "</head>\n";
  }

  std::string origin_text() const {
    auto const version = run_.facts.versions.find("parley");
    return "Written by Parley" + (version == run_.facts.versions.end() ? "" : " " + version->second) +
           (separate_ || trials_.moved > 0 ? "." : ". This file is complete and asks no network.");
  }

  std::string beside_notice() const {
    if (trials_.moved == 0) return {};
    return "<p class=\"notice\">The run is large: the conversations of " + counted(trials_.moved, "trial") +
           (trials_.moved == 1 ? " stands" : " stand") + " in the folder <code>" +
           html_text(options_.beside->name()) + "</code> beside this page. Keep the two together.</p>\n";
  }

  void write_script() {
    if (separate_) {
      *options_.beside->open("page.js") << page_script().text;
      out_ << "<script src=\"" << folder_address(options_.beside->name()) << "/page.js\"></script>\n";
    } else {
      out_ << "<script>" << page_script().text << "</script>\n";
    }
  }

  run_record const& run_;
  report_options const& options_;
  std::ostream& out_;
  std::vector<html_cell> cells_;
  html_trials trials_;
  bool separate_;
};

}  // namespace

void write_html(run_record const& run, report_options const& options, std::ostream& out) {
  page_writer(run, options, out).write();
}

}  // namespace parley
