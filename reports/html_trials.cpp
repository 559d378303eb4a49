#include "reports/html_trials.hpp"

#include "reports/cell_summary.hpp"
#include "reports/evaluation_json.hpp"
#include "reports/html_text.hpp"
#include "reports/json_append.hpp"
#include "reports/transcript_json.hpp"

#include <cstdio>
#include <ostream>

namespace parley {
namespace {

constexpr std::size_t part_size = std::size_t{1} << 20;  // of a file beside the page: quick to load

class trial_writer {
 public:
  trial_writer(run_record const& run, report_options const& options) : run_(run), options_(options) {}

  void write(std::size_t place, cell_record const& cell, trial_record const& trial) {
    auto const detail = load_detail(run_, cell, trial);
    if (detail->conversation.messages.empty() && !trial.error) return;  // never held: nothing to show
    std::string json;
    json_object_writer object(json);
    append_evaluation(object.member("judged"), detail->judged);
    append_transcript(object.member("transcript"), detail->conversation);
    object.close();
    std::string safe;
    append_script_json(safe, json);
    auto const key = detail_key(place, trial);
    if (options_.beside == nullptr || out_.elements.size() + safe.size() <= options_.most_embedded) {
      add_element("trial-" + key, safe);
    } else {
      add_to_part(key, safe);
    }
  }

  html_trials finish() {
    close_part();
    if (!parts_.empty()) say_where();
    return std::move(out_);
  }

 private:
  void add_element(std::string const& id, std::string const& json) {
    out_.elements += "<script type=\"application/json\" id=\"" + id + "\">" + json + "</script>\n";
  }

  // Which trials stand in which file.
  void say_where() {
    std::string json;
    json_object_writer object(json);
    object.text("folder", folder_address(options_.beside->name()));
    append_array(object.member("parts"), parts_, [](std::string& text, auto const& keys) {
      append_array(text, keys, [](std::string& inner, auto const& key) { append_quoted(inner, key); });
    });
    object.close();
    std::string safe;
    append_script_json(safe, json);
    add_element("parley-beside", safe);
  }

  void add_to_part(std::string const& key, std::string const& json) {
    if (!part_.empty() && part_.size() + json.size() > part_size) close_part();
    if (part_.empty()) parts_.emplace_back();
    part_ += (part_.empty() ? "\"" : ",\n\"") + key + "\":" + json;
    parts_.back().push_back(key);
    ++out_.moved;
  }

  void close_part() {
    if (part_.empty()) return;
    char name[32];
    std::snprintf(name, sizeof name, "trials-%04zu.js", parts_.size());
    std::string run;
    append_quoted(run, run_.facts.id.value);
    auto const file = options_.beside->open(name);
    *file << "parley_trials(" << run << ", {" << part_ << "});\n";
    part_.clear();
  }

  run_record const& run_;
  report_options const& options_;
  html_trials out_;
  std::string part_;                             // of the file being filled
  std::vector<std::vector<std::string>> parts_;  // keys of the trials in each file
};

}  // namespace

html_trials collect_html_trials(run_record const& run, std::vector<html_cell> const& cells,
                                report_options const& options) {
  trial_writer writer(run, options);
  for (bool const bad : {true, false})
    for (std::size_t place = 0; place < cells.size(); ++place)
      for (auto const* attempts : {&cells[place].cell->earlier, &cells[place].cell->trials})
        for (auto const& trial : *attempts)
          if (is_bad(trial) == bad) writer.write(place, *cells[place].cell, trial);
  return writer.finish();
}

}  // namespace parley
