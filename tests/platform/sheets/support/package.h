#pragma once
// Hand-made XLSX files for the tests: the parts as other programs write them, and as an attacker would.
#include <map>
#include <string>

#include "platform/sheets/zip_write.h"

namespace sheets::testing {

using Parts = std::map<std::string, std::string>;

inline std::string zipped(const Parts& parts) {
    std::string out;
    ZipWriter zip(into(out));
    for (const auto& [name, content] : parts) {
        (void)zip.begin(name);
        (void)zip.write(content);
    }
    (void)zip.finish();
    return out;
}

// What every workbook has, with one sheet "Tabelle1" whose content is given.
inline Parts book(const std::string& sheet, const std::string& texts = "", const std::string& styles = "", const std::string& properties = "") {
    const std::string r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    Parts parts{
        {"_rels/.rels", "<Relationships><Relationship Id='rId1' Type='" + r + "/officeDocument' Target='xl/workbook.xml'/></Relationships>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id='rId1' Type='" + r + "/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='" + r +
             "/sharedStrings' Target='/xl/sharedStrings.xml'/><Relationship Id='rId3' Type='" + r + "/styles' Target='styles.xml'/></Relationships>"},
        {"xl/workbook.xml",
         "<workbook xmlns:r='" + r + "'>" + properties + "<sheets><sheet name='Tabelle1' sheetId='1' r:id='rId1'/></sheets></workbook>"},
        {"xl/worksheets/sheet1.xml", "<worksheet>" + sheet + "</worksheet>"}};
    if (!texts.empty()) parts["xl/sharedStrings.xml"] = "<sst>" + texts + "</sst>";
    if (!styles.empty()) parts["xl/styles.xml"] = "<styleSheet>" + styles + "</styleSheet>";
    return parts;
}

inline std::string rows(const std::string& cells) { return "<sheetData><row r='1'>" + cells + "</row></sheetData>"; }

}  // namespace sheets::testing
