<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>mocoscope::ui::CanvasMouse</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ConfigurePage</name>
    <message numerus="yes">
        <source>%n changed option(s) were replaced.</source>
        <translation>
            <numerusform>%n changed option was replaced.</numerusform>
            <numerusform>%n changed options were replaced.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Reset %n changed</source>
        <translation>
            <numerusform>Reset %n changed</numerusform>
            <numerusform>Reset %n changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::HistoryFiles</name>
    <message numerus="yes">
        <source>%n run(s) were here already.</source>
        <translation>
            <numerusform>%n run was here already.</numerusform>
            <numerusform>%n runs were here already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) that wait or are on there are left out.</source>
        <translation>
            <numerusform>%n run that waits or is on there is left out.</numerusform>
            <numerusform>%n runs that wait or are on there are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) are taken in.</source>
        <translation>
            <numerusform>%n run is taken in.</numerusform>
            <numerusform>%n runs are taken in.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ParallelView</name>
    <message numerus="yes">
        <source>%n runs</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::PlotReadout</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::RunFiles</name>
    <message numerus="yes">
        <source>The curves of %n run(s) are in %1.</source>
        <translation>
            <numerusform>The curves of %n run are in %1.</numerusform>
            <numerusform>The curves of %n runs are in %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) are imported.</source>
        <translation>
            <numerusform>%n run is imported.</numerusform>
            <numerusform>%n runs are imported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>mocoscope::ui::ScatterPlot</name>
    <message numerus="yes">
        <source>%n without such a value</source>
        <translation>
            <numerusform>%n without such a value</numerusform>
            <numerusform>%n without such a value</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
</TS>
