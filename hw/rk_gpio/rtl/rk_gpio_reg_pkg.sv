// SPDX-License-Identifier: Apache-2.0
//
// Offsets of the registers. A pair is two words: pins 0-15 at the offset, pins 16-31 at the offset plus 4.
package rk_gpio_reg_pkg;

  localparam logic [15:0] SwportDr = 16'h0000;
  localparam logic [15:0] SwportDdr = 16'h0008;
  localparam logic [15:0] IntEn = 16'h0010;
  localparam logic [15:0] IntMask = 16'h0018;
  localparam logic [15:0] IntType = 16'h0020;
  localparam logic [15:0] IntPolarity = 16'h0028;
  localparam logic [15:0] IntBothedge = 16'h0030;
  localparam logic [15:0] Debounce = 16'h0038;
  localparam logic [15:0] DbclkDivEn = 16'h0040;
  localparam logic [15:0] DbclkDivCon = 16'h0048;
  localparam logic [15:0] IntStatus = 16'h0050;
  localparam logic [15:0] IntRawstatus = 16'h0058;
  localparam logic [15:0] PortEoi = 16'h0060;
  localparam logic [15:0] ExtPort = 16'h0070;
  localparam logic [15:0] VerId = 16'h0078;

  localparam logic [31:0] Version = 32'h0101157c;

endpackage
