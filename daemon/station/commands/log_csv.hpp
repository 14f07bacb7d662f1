// Rows as CSV for spreadsheets: UTF-8 with BOM, RFC 4180, no cell that a spreadsheet would run as a formula.
// Knows columns and quoting; must not know what rows mean.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

namespace loa::station {

/// The BOM and the line of column names.
std::string csv_head();
/// Numbers as they are; members that have no column of their own stand together in the last one, as JSON.
std::string csv_line(const boost::json::object& row);
/// One cell with text in it: quoted where RFC 4180 wants it, behind an apostrophe where it begins like a formula.
std::string csv_cell(std::string_view text);

}  // namespace loa::station
