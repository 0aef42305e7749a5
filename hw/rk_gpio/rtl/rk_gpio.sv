// SPDX-License-Identifier: Apache-2.0
//
// RK3568 GPIO v2 bank behind an APB slave: 32 pins, one interrupt line.
//
// Two clock domains. pclk: bus, registers, synchronisers, interrupt logic. dbclk: debounce filters and their divider.
// What crosses: the filters' outputs, through the interrupt synchroniser; and the registers DEBOUNCE, DBCLK_DIV_EN and
// DBCLK_DIV_CON, which software sets while the pin's interrupt is masked and which dbclk therefore takes as they are.
//
// A clock gate may stop a clock while its request outputs are low (and, for pclk, no transfer is under way): no flop
// would change, save for the divider, which the one that stops dbclk has to move on by the edges that were left out.

module rk_gpio (
  input  logic        pclk_i,
  input  logic        dbclk_i,
  input  logic        presetn_i,

  // APB slave without wait states and errors; offsets without a register read zero.
  input  logic        psel_i,
  input  logic        penable_i,
  input  logic        pwrite_i,
  input  logic [15:0] paddr_i,
  input  logic [31:0] pwdata_i,
  output logic [31:0] prdata_o,
  output logic        pready_o,
  output logic        pslverr_o,

  input  logic [31:0] gpio_i,
  output logic [31:0] gpio_o,
  output logic [31:0] gpio_oe_o,

  output logic        irq_o,

  output logic        pclk_req_o,
  output logic        dbclk_req_o,     // the next edge of dbclk changes a filter
  output logic        dbclk_div_req_o  // the next tick of the divider does
);

  // Registers, one bit a pin.
  logic [31:0] dr_q, dr_d;
  logic [31:0] ddr_q, ddr_d;
  logic [31:0] int_en_q, int_en_d;
  logic [31:0] int_mask_q, int_mask_d;
  logic [31:0] int_type_q, int_type_d;
  logic [31:0] int_polarity_q, int_polarity_d;
  logic [31:0] int_bothedge_q, int_bothedge_d;
  logic [31:0] debounce_q, debounce_d;
  logic [31:0] dbclk_div_en_q, dbclk_div_en_d;
  logic [23:0] dbclk_div_con_q, dbclk_div_con_d;

  // Pins and what is made of them.
  logic [31:0] pad;
  logic [31:0] ext_meta_q, ext_sync_q;
  logic [31:0] irq_source, irq_meta_q, irq_sync_q, irq_prev_q;
  logic [31:0] latch_q, latch_d;
  logic [31:0] db_meta_q, db_meta_d, db_prev_q, db_prev_d, db_out_q, db_out_d;
  logic [23:0] div_count_q, div_count_d;
  logic        div_tick;

  logic [31:0] edge_pin, match, new_edge, raw_edge, raw_level, rawstatus, status;
  logic [31:0] eoi;

  ///////////////
  // APB slave //
  ///////////////

  logic       write;
  logic [2:0] word_low;

  assign write     = psel_i & penable_i & pwrite_i;
  assign pready_o  = 1'b1;
  assign pslverr_o = 1'b0;
  assign word_low  = paddr_i[2:0];

  // A pair's new value: in each half, bits 31:16 of the bus enable bits 15:0 one by one.
  function automatic logic [31:0] written(input logic [31:0] old, input logic hit, input logic high,
                                          input logic [31:0] data);
    logic [31:0] lanes;
    lanes = high ? {data[31:16], 16'h0} : {16'h0, data[31:16]};
    written = hit ? (old & ~lanes) | ({2{data[15:0]}} & lanes) : old;
  endfunction

  logic [15:0] pair;
  logic        high, aligned;

  assign pair    = {paddr_i[15:3], 3'b000};
  assign high    = word_low[2];
  assign aligned = word_low[1:0] == 2'b00;

  logic hit;
  assign hit = write & aligned;

  always_comb begin
    dr_d           = written(dr_q, hit & (pair == rk_gpio_reg_pkg::SwportDr), high, pwdata_i);
    ddr_d          = written(ddr_q, hit & (pair == rk_gpio_reg_pkg::SwportDdr), high, pwdata_i);
    int_en_d       = written(int_en_q, hit & (pair == rk_gpio_reg_pkg::IntEn), high, pwdata_i);
    int_mask_d     = written(int_mask_q, hit & (pair == rk_gpio_reg_pkg::IntMask), high, pwdata_i);
    int_type_d     = written(int_type_q, hit & (pair == rk_gpio_reg_pkg::IntType), high, pwdata_i);
    int_polarity_d = written(int_polarity_q, hit & (pair == rk_gpio_reg_pkg::IntPolarity), high, pwdata_i);
    int_bothedge_d = written(int_bothedge_q, hit & (pair == rk_gpio_reg_pkg::IntBothedge), high, pwdata_i);
    debounce_d     = written(debounce_q, hit & (pair == rk_gpio_reg_pkg::Debounce), high, pwdata_i);
    dbclk_div_en_d = written(dbclk_div_en_q, hit & (pair == rk_gpio_reg_pkg::DbclkDivEn), high, pwdata_i);
    eoi            = written(32'h0, hit & (pair == rk_gpio_reg_pkg::PortEoi), high, pwdata_i);

    dbclk_div_con_d = dbclk_div_con_q;
    if (write && paddr_i == rk_gpio_reg_pkg::DbclkDivCon) begin
      dbclk_div_con_d = pwdata_i[23:0];
    end
  end

  always_ff @(posedge pclk_i or negedge presetn_i) begin
    if (!presetn_i) begin
      dr_q            <= '0;
      ddr_q           <= '0;
      int_en_q        <= '0;
      int_mask_q      <= '0;
      int_type_q      <= '0;
      int_polarity_q  <= '0;
      int_bothedge_q  <= '0;
      debounce_q      <= '0;
      dbclk_div_en_q  <= '0;
      dbclk_div_con_q <= 24'd1;
    end else begin
      dr_q            <= dr_d;
      ddr_q           <= ddr_d;
      int_en_q        <= int_en_d;
      int_mask_q      <= int_mask_d;
      int_type_q      <= int_type_d;
      int_polarity_q  <= int_polarity_d;
      int_bothedge_q  <= int_bothedge_d;
      debounce_q      <= debounce_d;
      dbclk_div_en_q  <= dbclk_div_en_d;
      dbclk_div_con_q <= dbclk_div_con_d;
    end
  end

  logic [31:0] pair_value;

  always_comb begin
    pair_value = '0;
    unique case (pair)
      rk_gpio_reg_pkg::SwportDr:    pair_value = dr_q;
      rk_gpio_reg_pkg::SwportDdr:   pair_value = ddr_q;
      rk_gpio_reg_pkg::IntEn:       pair_value = int_en_q;
      rk_gpio_reg_pkg::IntMask:     pair_value = int_mask_q;
      rk_gpio_reg_pkg::IntType:     pair_value = int_type_q;
      rk_gpio_reg_pkg::IntPolarity: pair_value = int_polarity_q;
      rk_gpio_reg_pkg::IntBothedge: pair_value = int_bothedge_q;
      rk_gpio_reg_pkg::Debounce:    pair_value = debounce_q;
      rk_gpio_reg_pkg::DbclkDivEn:  pair_value = dbclk_div_en_q;
      default:                      pair_value = '0;
    endcase
  end

  always_comb begin
    prdata_o = '0;
    unique case (paddr_i)
      rk_gpio_reg_pkg::DbclkDivCon:  prdata_o = {8'h0, dbclk_div_con_q};
      rk_gpio_reg_pkg::IntStatus:    prdata_o = status;
      rk_gpio_reg_pkg::IntRawstatus: prdata_o = rawstatus;
      rk_gpio_reg_pkg::ExtPort:      prdata_o = ext_sync_q;
      rk_gpio_reg_pkg::VerId:        prdata_o = rk_gpio_reg_pkg::Version;
      default: begin
        if (aligned) begin
          prdata_o = {16'h0, high ? pair_value[31:16] : pair_value[15:0]};
        end
      end
    endcase
  end

  ////////////////////////////
  // Pins and synchronisers //
  ////////////////////////////

  assign gpio_o    = dr_q;
  assign gpio_oe_o = ddr_q;

  // An output reads back what it drives.
  assign pad        = (dr_q & ddr_q) | (gpio_i & ~ddr_q);
  assign irq_source = (db_out_q & debounce_q) | (pad & ~debounce_q);

  always_ff @(posedge pclk_i or negedge presetn_i) begin
    if (!presetn_i) begin
      ext_meta_q <= '0;
      ext_sync_q <= '0;
      irq_meta_q <= '0;
      irq_sync_q <= '0;
      irq_prev_q <= '0;
    end else begin
      ext_meta_q <= pad;
      ext_sync_q <= ext_meta_q;
      irq_meta_q <= irq_source;
      irq_sync_q <= irq_meta_q;
      irq_prev_q <= irq_sync_q;
    end
  end

  /////////////////////
  // Interrupt logic //
  /////////////////////

  // BOTHEDGE overrides TYPE and POLARITY.
  assign edge_pin  = int_type_q | int_bothedge_q;
  assign match     = int_bothedge_q | ~(irq_sync_q ^ int_polarity_q);
  assign new_edge  = (irq_sync_q ^ irq_prev_q) & match;
  assign raw_edge  = int_en_q & edge_pin & (latch_q | new_edge);
  assign raw_level = int_en_q & ~edge_pin & match;
  assign rawstatus = raw_edge | raw_level;
  assign status    = rawstatus & ~int_mask_q;
  assign irq_o     = |status;

  // EOI clears what RAWSTATUS shows; an edge that shows together with its effect stays.
  assign latch_d = raw_edge & ~eoi;

  always_ff @(posedge pclk_i or negedge presetn_i) begin
    if (!presetn_i) begin
      latch_q <= '0;
    end else begin
      latch_q <= latch_d;
    end
  end

  //////////////
  // Debounce //
  //////////////

  logic [31:0] shift, follow, sample, pass;

  assign div_tick    = div_count_q >= dbclk_div_con_q;
  assign div_count_d = div_tick ? 24'd0 : div_count_q + 24'd1;
  assign shift       = debounce_q & ({32{div_tick}} | ~dbclk_div_en_q);

  // A filter that is off follows the pad. One that is on passes a level on which two samples in a row agree.
  assign follow = ~debounce_q;
  assign sample = follow | shift;
  assign pass   = shift & ~(db_meta_q ^ db_prev_q);

  assign db_meta_d = (pad & sample) | (db_meta_q & ~sample);
  assign db_prev_d = (pad & follow) | (db_meta_q & shift) | (db_prev_q & ~sample);
  assign db_out_d  = (pad & follow) | (db_meta_q & pass) | (db_out_q & ~(follow | pass));

  always_ff @(posedge dbclk_i or negedge presetn_i) begin
    if (!presetn_i) begin
      db_meta_q   <= '0;
      db_prev_q   <= '0;
      db_out_q    <= '0;
      div_count_q <= '0;
    end else begin
      db_meta_q   <= db_meta_d;
      db_prev_q   <= db_prev_d;
      db_out_q    <= db_out_d;
      div_count_q <= div_count_d;
    end
  end

  ////////////////////
  // Clock requests //
  ////////////////////

  logic [31:0] filter_moves, divided;

  assign pclk_req_o = (ext_meta_q != pad) | (ext_sync_q != ext_meta_q) | (irq_meta_q != irq_source) |
                      (irq_sync_q != irq_meta_q) | (irq_prev_q != irq_sync_q) | (latch_q != raw_edge);

  assign divided         = debounce_q & dbclk_div_en_q;
  assign filter_moves    = (db_meta_q ^ pad) | (db_prev_q ^ pad) | (db_out_q ^ pad);
  assign dbclk_req_o     = |(filter_moves & ~divided);
  assign dbclk_div_req_o = |(filter_moves & divided);

  ////////////////
  // Assertions //
  ////////////////

`ifndef SYNTHESIS
  // A transfer has both signals; the access phase of a transfer ends at once.
  ApbPhase_A: assert property (@(posedge pclk_i) disable iff (!presetn_i) penable_i |-> psel_i);

  // Only enabled pins have a status, and the line shows unmasked ones alone.
  StatusEnabled_A: assert property (@(posedge pclk_i) disable iff (!presetn_i) (rawstatus & ~int_en_q) == '0);
  StatusMasked_A: assert property (@(posedge pclk_i) disable iff (!presetn_i) (status & int_mask_q) == '0);
  IrqIsStatus_A: assert property (@(posedge pclk_i) disable iff (!presetn_i) irq_o == (status != '0));

  // The upper half of a pair reads zero.
  PairUpperZero_A: assert property (@(posedge pclk_i) disable iff (!presetn_i)
      (psel_i && !pwrite_i && paddr_i < rk_gpio_reg_pkg::DbclkDivCon) |-> prdata_o[31:16] == '0);

  // What EOI names is not in the latch afterwards.
  EoiClears_A: assert property (@(posedge pclk_i) disable iff (!presetn_i) (latch_d & eoi) == '0);

  // A level has no latch: EOI cannot change what it shows.
  LevelHasNoLatch_A: assert property (@(posedge pclk_i) disable iff (!presetn_i) (latch_d & ~edge_pin) == '0);

  // A pclk edge that nothing asked for changes nothing.
  ClockRequest_A: assert property (@(posedge pclk_i) disable iff (!presetn_i)
      (!pclk_req_o && !psel_i) |-> {ext_meta_q, ext_sync_q, irq_meta_q, irq_sync_q, irq_prev_q, latch_q} ==
                      {pad, ext_meta_q, irq_source, irq_meta_q, irq_sync_q, latch_d});

  // Nor does an unrequested dbclk edge, save for the divider's count.
  FilterRequest_A: assert property (@(posedge dbclk_i) disable iff (!presetn_i)
      !(dbclk_req_o || (dbclk_div_req_o && div_tick)) |->
      {db_meta_q, db_prev_q, db_out_q} == {db_meta_d, db_prev_d, db_out_d});
`endif

endmodule
