// SPDX-License-Identifier: GPL-3.0-or-later
// The commands below `runs`.
#include "app/headless/command_line_parts.h"

namespace mocoscope::headless {

namespace {

void addList(CLI::App& runs, ListArguments& arguments, Command& chosen)
{
    CLI::App* list = addCommand(runs, "list", "All runs, the newest first", arguments, chosen);
    list->add_option("--where", arguments.where, "Only those that fit, or contain these words")
        ->type_name("EXPRESSION");
    list->add_flag("--archived", arguments.archived, "Those in the archive as well");
    list->footer("\nAn expression compares options, state, name, tag, loss, knn_top1, … by\n"
                 "=, !=, <, <=, >, >=, ~ (contains), joined by and, or, not, brackets.\n\n"
                 "  mocoscope-train runs list --where 'lr > 1e-4 and method = byol'\n"
                 "  mocoscope-train runs list --where 'best_knn_top1 >= 60 and not tag = old'\n");
}

void addCompare(CLI::App& runs, CompareArguments& arguments, Command& chosen)
{
    CLI::App* compare = addCommand(runs, "compare", "Differing options and figures of several runs",
                                   arguments, chosen);
    compare->add_option("RUN", arguments.runs, "The runs; differences are to the first")
        ->type_name("");
    compare->add_option("--sweep", arguments.sweep, "Means over the seeds of this sweep's settings")
        ->type_name("NAME");
    compare->parse_complete_callback([&arguments] {
        if (!arguments.sweep.empty() && !arguments.runs.empty()) {
            throw CLI::ValidationError("RUN", "either runs or a sweep are compared");
        }
        if (arguments.sweep.empty() && arguments.runs.size() < 2) {
            throw CLI::ValidationError("RUN", "at least two runs are compared");
        }
    });
    CLI::Option* all
        = compare->add_flag("--all", arguments.allMetrics,
                            "The gradients of the layers and the load of the machine too");
    CLI::Option* ablation
        = compare
              ->add_flag("--ablation", arguments.ablation,
                         "What changing one option of a baseline did, a line for each setting")
              ->excludes(all);
    compare
        ->add_option(
            "--baseline", arguments.baseline,
            "A run of the baseline's setting; otherwise that which most others are next to")
        ->type_name("RUN")
        ->needs(ablation);
    compare
        ->add_option("--metric", arguments.metric,
                     "linear_top1, finetune_top1 or a metric; otherwise an accuracy, or the loss")
        ->type_name("NAME")
        ->needs(ablation);
    compare->add_flag("--best", arguments.best, "Its best value in place of the last")
        ->needs(ablation);
    compare->footer("\n  mocoscope-train runs compare cool hot\n"
                    "  mocoscope-train runs compare --sweep rates --ablation\n");
}

void addExport(CLI::App& runs, ExportArguments& arguments, Command& chosen)
{
    CLI::App* exporting = addCommand(
        runs, "export", "Write all curves of runs, every recorded value", arguments, chosen);
    exporting->add_option("RUN", arguments.runs, runHelp)->type_name("")->required();
    CLI::Option_group* files = exporting->add_option_group("Format", "Where to; - is stdout");
    files->add_option("--csv", arguments.csvFile, "One row a step, one column a metric")
        ->type_name("FILE");
    files
        ->add_option("--json", arguments.jsonFile,
                     "Curves, options, events and checkpoints of one run")
        ->type_name("FILE");
    files->add_option("--jsonl", arguments.jsonLinesFile, "One JSON object a step")
        ->type_name("FILE");
    files
        ->add_option("--tensorboard", arguments.tensorBoardFolder,
                     "Event files for TensorBoard; of several runs, a folder each")
        ->type_name("DIR");
    files->require_option(1);
    exporting->parse_complete_callback([&arguments] {
        if (!arguments.jsonFile.empty() && arguments.runs.size() > 1) {
            throw CLI::ValidationError("--json", "takes one run; --jsonl takes several");
        }
    });
    exporting->footer("\n  mocoscope-train runs export demo --csv demo.csv\n"
                      "  mocoscope-train runs export cool hot --tensorboard logs\n");
}

void addImport(CLI::App& runs, ImportArguments& arguments, Command& chosen)
{
    CLI::App* importing = addCommand(runs, "import", "Take in curves that other programs recorded",
                                     arguments, chosen);
    importing
        ->add_option(
            "PATH", arguments.path,
            "An event file of TensorBoard, a folder of them, or a CSV with a column `step`")
        ->type_name("")
        ->required();
    importing->add_option("--name", arguments.name,
                          "Name of the run; that of its folder otherwise");
    importing->footer("\nImported runs are finished and have the tag `imported`.\n\n"
                      "  mocoscope-train runs import runs/Nov24_host --name paper\n");
}

void addReport(CLI::App& runs, ReportArguments& arguments, Command& chosen)
{
    CLI::App* report = addCommand(runs, "report",
                                  "RUN... FILE: runs as one web page, readable without the program",
                                  arguments, chosen);
    report->add_option("RUN", arguments.runs, "The runs, and last the file to write; - is stdout")
        ->type_name("");
    report->add_option("--title", arguments.title, "Heading; the names of the runs otherwise");
    report
        ->add_option("--metric", arguments.metrics,
                     "Plot this one; may be given many times. Otherwise all but single layers")
        ->type_name("NAME")
        ->allow_extra_args(false);
    report->parse_complete_callback([&arguments] {
        if (arguments.runs.size() < 2) {
            throw CLI::ValidationError("FILE", "at least one run and a file are needed");
        }
        arguments.file = arguments.runs.back(); // CLI11 knows no single argument behind a list
        arguments.runs.pop_back();
    });
    report->footer("\n  mocoscope-train runs report cool hot comparison.html\n");
}

void addTag(CLI::App& runs, TagArguments& arguments, Command& chosen)
{
    CLI::App* tag
        = addCommand(runs, "tag", "Add or remove tags, stars, the archive", arguments, chosen);
    tag->add_option("RUN", arguments.runs, runHelp)->type_name("")->required();
    tag->add_option("--add", arguments.added, "May be given many times")
        ->type_name("TAG")
        ->allow_extra_args(false);
    tag->add_option("--remove", arguments.removed, "May be given many times")
        ->type_name("TAG")
        ->allow_extra_args(false);
    CLI::Option* star = tag->add_flag("--star", arguments.star, "Mark: the tag `starred`");
    tag->add_flag("--unstar", arguments.unstar)->excludes(star);
    CLI::Option* archive = tag->add_flag("--archive", arguments.archive,
                                         "Out of the lists, but kept: the tag `archived`");
    tag->add_flag("--unarchive", arguments.unarchive)->excludes(archive);
}

void addBackup(CLI::App& runs, BackupArguments& arguments, Command& chosen)
{
    CLI::App* backup = addCommand(
        runs, "backup", "Copy the history to a file, also while runs are on", arguments, chosen);
    backup->add_option("FILE", arguments.file, "Is replaced when the copy is whole")
        ->type_name("")
        ->required();
}

void addMerge(CLI::App& runs, MergeArguments& arguments, Command& chosen)
{
    CLI::App* merge
        = addCommand(runs, "merge", "Take in the runs of another history", arguments, chosen);
    merge->add_option("OTHER", arguments.other, "A run history (.db); it stays as it is")
        ->type_name("")
        ->required();
}

void addDelete(CLI::App& runs, DeleteArguments& arguments, Command& chosen)
{
    CLI::App* deleting
        = addCommand(runs, "delete", "Delete runs and their checkpoints", arguments, chosen);
    deleting->add_option("RUN", arguments.runs, runHelp)->type_name("")->required();
    deleting->add_flag("-y,--yes", arguments.yes, "Do not ask");
}

} // namespace

void addRunsCommands(CLI::App& app, RunsArguments& arguments, Command& chosen)
{
    CLI::App* runs
        = app.add_subcommand("runs", "List, show, compare, export, import or delete runs");
    runs->require_subcommand(1);
    addList(*runs, arguments.list, chosen);
    CLI::App* show = addCommand(*runs, "show", "One run: options, figures, checkpoints",
                                arguments.show, chosen);
    show->add_option("RUN", arguments.show.run, runHelp)->type_name("")->required();
    addCompare(*runs, arguments.compare, chosen);
    addExport(*runs, arguments.exporting, chosen);
    addImport(*runs, arguments.importing, chosen);
    addReport(*runs, arguments.report, chosen);
    addTag(*runs, arguments.tag, chosen);
    addBackup(*runs, arguments.backup, chosen);
    addMerge(*runs, arguments.merge, chosen);
    addDelete(*runs, arguments.deleting, chosen);
}

} // namespace mocoscope::headless
